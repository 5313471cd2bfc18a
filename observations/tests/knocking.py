"""How tests open pages and send forms."""


def get(client, user, address):
    client.force_login(user)
    response = client.get(address)
    return response.status_code, response.content.decode()


def post(client, user, address, **given):
    client.force_login(user)
    return client.post(address, given)


def said(response):
    return response.content.decode()
