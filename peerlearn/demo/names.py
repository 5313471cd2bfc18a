"""Invented names: first and family names drawn apart, so that nobody is meant."""

FIRST_NAMES = (
    "Ada Amir Anneke Aurora Bashir Beatriz Bram Calla Carlos Celine Chidi Clara Dalia Darius Delphine Dmitri Edda "
    "Eitan Elif Emeka Esme Fadi Farah Felix Fiona Gael Greta Hamza Hana Hector Ida Idris Imani Ines Ivo Jasper "
    "Joaquin Jomo Junia Kaia Kareem Kenji Kirsten Lale Lars Leila Linh Luca Lucinda Malik Marisol Mateo Mei Milan "
    "Mira Moana Nadia Naveen Nils Noor Odette Oleg Oona Oscar Paloma Pascal Petra Priya Quinn Rafael Ravi Rhea "
    "Rosalind Rui Sabine Samir Selma Shira Sigrid Soren Suri Tadeo Talia Tariq Thea Tomas Ulla Valentin Vera Viggo "
    "Wanda Wim Xenia Yara Yusuf Zora "
)
FAMILY_NAMES = (
    "Abara Aldous Amsel Arvid Ashgrove Bakari Bellweather Birch Bramley Brightwater Calloway Castellan Cedarholm "
    "Corwin Dalgaard Demirel Driftwood Eastlake Elmhurst Faircloth Fennimore Fieldstone Garrow Glenmoor Goldfinch "
    "Greenlee Halloran Hartwell Hazelton Hollis Ibarra Ironwood Jessup Juniper Kestrel Kingsolver Lanyon Larkspur "
    "Linden Lockhart Maplewood Marlowe Meadows Merriweather Mistral Nakano Nightingale Northcott Oakley Okonjo "
    "Orchard Osei Palomar Penhallow Pinecrest Quillon Rainwater Redfern Ridgeway Rosewood Saltmarsh Sandoval "
    "Sheridan Silverton Sorrel Starling Stonebridge Sycamore Tamarind Thackery Thornbury Umber Underhill Vance "
    "Verano Wakefield Waverly Westbrook Whitlock Winterbourne Wren Yarrow Yellowley Zeller "
)
FIRST, FAMILY = FIRST_NAMES.split(), FAMILY_NAMES.split()
