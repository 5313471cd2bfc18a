"""What the invented people write: our own lines, plain and varied enough that no page looks stamped."""

GOALS = [
    "Every student says at least one sentence in our discussions.",
    "My guided reading groups start within two minutes.",
    "Students use a graphic organizer without being told to.",
    "We give feedback that students act on the same day.",
    "Exit tickets tell us what to teach tomorrow.",
    "Pairs work together without one doing all the work.",
    "Students explain how they got an answer in math.",
    "Transitions take less than a minute and nobody loses the thread.",
    "Our fourth graders summarize a page in two sentences.",
    "We write assessment prompts that show thinking, not memory.",
    "Students ask each other questions before they ask us.",
    "Technology gives more students a voice, not more screens.",
]
QUESTIONS = [
    "Does a two-minute quiet start change who speaks in discussion?",
    "What happens to homework when students choose one of three tasks?",
    "Do students read more when they keep a list of what they gave up on?",
    "How does seating in threes change talk in math?",
    "Does a weekly retake change how students prepare?",
]
OBJECTIVES = [
    "By the end we both use the routine every week and can say what it does for the quiet ones.",
    "We have three lessons that we would teach again, and know why.",
    "Each of us has tried it with two classes and changed it once.",
]
SUCCESS = [
    "A tally of who speaks, before and after.",
    "Samples of work with the names cut off, looked at together.",
    "Four exit tickets a week, sorted into three piles.",
]
RESOURCES = ["", "Two clipboards and a timer for each room.", "A set of ten whiteboards.", ""]
DIRECTION = ["", "Does this fit with the reading goal of the building?", ""]
COVERAGE = ["", "One period for each of us in the second month.", ""]
MILESTONES = [
    "First try with one class",
    "Look at the first samples together",
    "Second try, changed",
    "Decide what stays",
]
REMARKS = [
    "Could you say how you will know that it worked?",
    "Two dates fall into testing week. What about the week after?",
    "Which of your classes do you start with?",
]
CALLS = [
    "Looking for somebody who teaches fractions and would like to plan two lessons together.",
    "Who would like to watch how discussions start, in any subject?",
    "I want to try student-led conferences and would love a partner who has done it once.",
]
ASKS = [
    "I would like to see how others start the day. Any grade is fine.",
    "Could I come along on a walk about reading groups?",
    "Is there somebody at another school who works on reading groups?",
]
ANSWERS = ["Yes, gladly. I have put you together with a colleague.", "Thursday afternoons work best. I will set it up."]
MESSAGES = [
    "I can come on Thursday, second period.",
    "The timer helped. They asked for it today.",
    "Shall we swap the order and start with your class?",
    "I have put the sheet in the shared folder.",
    "Thank you for today. I saw three things that I want to try.",
]
LINES = [
    "It took two weeks before it felt natural. Then they reminded me.",
    "The quiet table wrote more than it spoke, so we started with writing.",
    "I talked less, and it was harder than I thought.",
    "What helped most was seeing the same class through another pair of eyes.",
    "We planned too much for one lesson and cut it in half.",
    "Next time I would tell them why before I tell them how.",
    "I had not noticed how long the directions were until I heard them.",
    "It worked in the morning and not after lunch. We do not know why yet.",
    "I keep the timer and drop the worksheet.",
    "Counting who spoke changed whom I looked at.",
    "Students began to ask each other first. That was new.",
    "I would try it again with a smaller group.",
]
SESSIONS = [
    ("Talk moves for every classroom", "1.5", "Five ways to keep a discussion going without taking over."),
    ("Exit tickets that you can read in five minutes", "1", "How to sort thirty answers into three piles."),
    ("Graphic organizers across subjects", "2", "Four organizers, and how to fade them out."),
    ("Conferring during independent reading", "1.5", "Short talks that move a reader on."),
    ("Classroom routines that run themselves", "1", "Building a routine in ten days."),
    ("Math talk in the upper grades", "2", "Getting students to explain, compare and question."),
    ("Feedback that students use", "1.5", "From comment to next step in one lesson."),
    ("Getting started with student-led conferences", "2", "A script, a folder and a rehearsal."),
]
ARTIFACTS = ["Our observation sheet", "Lesson plan, second try", "Tally of who spoke", "Samples with the names cut off"]
TOPICS = [
    "guided reading",
    "classroom management",
    "math talk",
    "graphic organizers",
    "assessment prompts",
    "collaborative pairs",
    "summarizing",
    "reading strategies",
    "technology-rich lessons",
    "student-led conferences",
    "feedback",
    "project work",
]
SUBJECTS = ["Reading", "Math", "Science", "Social studies", "Art", "Music", "Physical education", "English", "Spanish"]
WALK_PURPOSES = ["How lessons begin", "Who does the talking", "How students help each other"]
GATHERED = [
    ("pattern", "In visits 1 and 3 the first question stood on the board before anyone came in."),
    ("pattern", "In all three rooms students talked to a partner before they talked to everyone."),
    ("pattern", "Visit 2 was the only one without a timer, and the talk went on longer."),
    ("wondering", "I wonder how long it took until pairs began by themselves."),
    ("wondering", "I wonder what the quiet tables write down."),
]
TRIES = [
    "Wait five seconds after each question, all Thursday.",
    "Write the first question on the board before they come in.",
    "Let pairs talk before anyone raises a hand.",
]
NOTICED = [
    "Your students asked each other for proof before they asked you. We all want that.",
    "Nobody looked up when we came in. They were busy with the question on the board.",
    "We counted eleven students who spoke, and all of them began with a partner.",
]
TO_STAFF = (
    "In every room that we saw, students talked to a partner before they talked to everyone. "
    "Three of us try it this week. Thank you for your open doors."
)
LOOK_FORS = {
    "How lessons begin": [
        ("evidence", "What students do in the first two minutes"),
        ("tally", "Students who begin without being told again"),
        ("question", "What are you about to learn today?"),
        ("wondering", "What happened before this lesson that made this beginning possible?"),
    ],
    "Who does the talking": [
        ("tally", "Students who speak to the whole class"),
        ("tally", "Questions that students ask each other"),
        ("evidence", "What happens right after a question"),
    ],
    "How students help each other": [
        ("evidence", "Words that students use when they help"),
        ("question", "Whom do you ask first when you are stuck?"),
    ],
}
BRIEF = {
    "purpose": "We want to see what colleagues do, so that each of us has something to try next week.",
    "norms": "We describe what we see and hear. We do not rate, compare or report.\n"
    "We go in and out quietly and together.\nNotes carry the number of a visit, and no names.",
    "focus": "What do teachers and students say and do that makes it easy to take part?",
}
SAW = [
    "Directions took forty seconds. Nineteen of twenty-two began at once.",
    "The teacher waited after each question. I counted to six.",
    "Students pointed to the chart before they asked.",
]
WONDERED = ["I wonder how the pairs were chosen.", "I wonder what happens when somebody finishes early."]
ASKED = [
    "“We say it in our own words first,” one told me.",
    "I asked what comes next. Three pointed to the board.",
    "“I ask at my table, then the teacher.”",
]
IDEAS = ["I want to try the silent signal on Monday.", "I want to write the question on the board before they come in."]

COVER_NOTES = [
    "The plan is on my desk. They know the routine.",
    "They read on their own for ten minutes, then work in their groups. The sheets are in the blue tray.",
    "It is a review lesson: the questions are on the board, the answers in the folder.",
    "The aide knows who needs what. Let them finish the poster.",
]

# What hosts will be doing, what to look for, where to sit.
DOORS = [
    ("Number talks, then partners compare their ways.", "Who asks, and who answers.", "The two chairs by the window"),
    ("We read a hard page twice and mark what we wonder.", "How long students stay with one sentence.", "At the back"),
    ("A lab in groups of three, with roles on cards.", "What students do when they are stuck.", "Stand where you like"),
    (
        "Students give each other feedback with two stems.",
        "Which words of the stems they take over.",
        "The reading corner",
    ),
    ("Fraction strips first, the rule last.", "What they say before they know the rule.", "By the sink"),
    ("A debate with a silent first round on paper.", "Who speaks after the silent round.", "The bench at the door"),
]
