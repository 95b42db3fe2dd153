/// The commented configuration: the very text of Config/tidings.yaml, put here by `make embed`.
enum ExampleConfiguration {
  static let text = #"""
    # Every option of this version with its default. Lines that begin with "# " and an option are what holds
    # without them. Paths that are not absolute start at this file's folder. Durations: 30s, 10m, 2h, 3d, 4w.

    # Where the log and the views lie.
    # data: ./data

    # The file that people tail: one JSON line an alert.
    # alerts: ./alerts.jsonl

    # More files with any of these keys; lists are joined, maps merged, a name given twice is a fault.
    # include: [rules.d/*.yaml]

    # Where the page listens, or none. What lies beyond this machine should reach it through a proxy that ends TLS.
    # Sockets that systemd passes (tidings.socket) win over it.
    # page: 127.0.0.1:8474

    # A file with a token that whoever asks the page must know: programs send it as a bearer token, browsers ask
    # for it as a password to any name. Without it the page is open to all who reach it. This is an example.
    # page_token_file: page.token

    # A folder with other lists and models for names and languages than those that come with the program:
    # gazetteer.tsv, name-words.tsv, names-id.model, ngrams.tsv; what it lacks is taken from those. This is an example.
    # resources: ./lists

    # Whether people, organisations and places that nobody configured are looked for in every article, and kept to
    # be shown by `tidings entities`: half a millisecond an article, 20 MB of memory. Rules look at what stands under
    # `entities:` alone. A change of it wants a restart.
    # find_names: true

    # poll:
    #   # What of a feed's first document may alert: entries published within this, at most three;
    #   # seed: none of it; alert: all of it.
    #   first_poll: 1h
    #   # true: every feed may lie on a private network.
    #   private_networks: false
    #   # An address or mailbox that publishers can turn to; part of the user agent. This is an example:
    #   # without it the user agent names the project.
    #   contact: https://example.org/about-our-watcher
    #   # Polls at a time, and starts a second (0 for no limit).
    #   in_flight: 64
    #   rate: 50
    #   # Polls a feed and a day, on average over all without `every`; fast feeds get more, by the square root.
    #   budget: 24
    #   # What a site may be asked, by its registrable domain: requests at once, time from start to start,
    #   # requests and bytes a day (no bound without them). This is an example.
    #   sites:
    #     example.org: {in_flight: 1, gap: 2s, per_day: 500, bytes_per_day: 50M}
    #   # Feeds that name a hub are told of by it (WebSub), and polled once a day. It must be able to reach
    #   # this address, which a proxy with a certificate passes on to the page: what ends in a long token, and
    #   # nothing else. Without it no hub is asked. This is an example.
    #   websub: {callback: "https://news.example.org/hub"}

    feeds: []
    #  - name: wire                          # letters, digits, - _ .
    #    url: "https://example.org/feed.xml"
    #    every: 15m                          # an order, 1s or more; without it the schedule decides
    #    private_network: false              # true: its own origin may lie on a private network
    #    publisher: Example Wire             # instead of what the feed says
    #    language: "en"                      # where the feed names none
    #    timezone: Asia/Jakarta              # of its dates that name none; +07:00 will do
    #    tags: [wire]
    #    identity: id                        # id, id_url, url, url_title, content: what tells its articles
    #                                        # apart; without it the feed's own documents decide
    #    min_interval: 30m                   # bounds on what the schedule decides; politeness stands above them
    #    max_interval: 6h
    #    weight: 1                           # 1 to 100: how much it counts where polls are shared out
    #    headers: {X-Key: abc}               # with each request to its own origin
    #    user: desk                          # a login, over https or to a private network only; the password is
    #    password_file: wire.pw              # the one line of a file: a credential of systemd, or beside this one
    #    token_file: wire.token              # or a bearer token instead
    #    proxy: "socks5h://127.0.0.1:9050"   # or http://host:port
    #    user_agent: "Example/1"             # instead of ours
    #    tls: insecure                       # takes any certificate; `check` warns
    #    ca_file: office-ca.pem              # certificates (PEM) it is judged by, instead of the machine's
    #    max_bytes: 8M                       # of a document, at most 32M
    #    delta: false                        # true: offers to take only what is new (RFC 3229)
    #    older_entries: "https://example.org/news.xml"   # a news sitemap or a page of entries, asked for after a
    #                                        # gap where the feed names none itself (RFC 5005)
    #    verify_gone: false                  # true: asks for the page of an article that left the feed before
    #                                        # older ones; 404 or 410, and it counts as withdrawn
    #    full_text: false                    # true: reads the pages of articles of which the feed has only the
    #                                        # beginning, as far as its site's robots.txt allows

    # Where a day of `until` and of a daily digest begins, and by whose clock a spike tells hours: a name or +07:00.
    # timezone: UTC

    # Words that rules share; an entry is a word or phrase with the marks * = ~, or in a map with its end.
    # lists:
    #   summit: ["state visit", kunjung~id, {word: KTT, until: 2027-01-01}]

    # entities:
    #   Q148: {name: China, type: place, aliases: [Tiongkok, Cina]}     # person, organisation, place
    #   # An alias that counts only in articles that have one of some words.
    #   Q312: {name: Apple Inc, type: organisation, aliases: [{word: =Apple, context: [iPhone, saham]}]}

    # topics:
    #   energy: {name: Energy, match: "energi OR minyak OR energy"}

    # What holds for rules that do not say otherwise.
    # defaults: {severity: info, outlets: [file], mode: live, backlog: false}

    # Published longer than this before it was seen, an article is late: it raises nothing, unless a rule says so.
    # max_age: 7d

    # Publishers that count as one source.
    # owners:
    #   kompas-gramedia: [kompas.com, tribunnews.com]

    # Forms of a base word that mean something else; temu~id does not look for them.
    # affixes:
    #   temu: {not: [ditemukan, menemukan]}

    # What meets `exclude` meets none of the rules named, by id or with * for any run.
    # filters:
    #   - {id: not-sport, rules: ["*"], except: [feed-silent], exclude: 'tag:sport OR title:(horoskop OR zodiak)', until: 2027-06-30}

    rules: []
    #  - id: quake                           # a-z, 0-9 and -
    #    match: gempa~id OR earthquake
    #    severity: info                      # info, notice, warning, critical
    #    when: {kind: match}                 # frequency, spike, silence, new_term, new_pair, cooccur, sequence,
    #                                        # absent_after, change: each with keys of its own
    #    by: [story]                         # article, copies, entity, entity_pair, place, feed, publisher, topic,
    #                                        # lang: counts and alerts are kept apart by these; []: one for all
    #    cooldown: 30m                       # the least time between two lines of a group; none without it
    #                                        # {start: 1h, double_to: 12h}: longer while there is something to hold
    #    max_per_hour: 20                    # the rest stand in one line; any number without it
    #    react_to: [new]                     # edit: an edit of an article of an open alert is told too
    #    update_at: [5, 20]                  # told again at so many sources; off without it
    #    repeat: 1h                          # told again until `tidings ack`, of frequency, spike and silence
    #    resolve_after: 24h                  # when an open alert is over; by story 7d
    #    inhibits: []                        # rules whose lines are held while an alert of this one is open
    #    late: false                         # true: late articles may raise it too
    #    until: 2027-06-30                   # off from then; review_after only warns
    #    tests: [{title: Gempa di Palu, fires: true}]     # run by `tidings rules test`
    #    outlets: [file]
    #    mode: live                          # live; shadow: judged, then held; part: serves other rules; off
    #    backlog: false                      # true: a feed's first document may raise it too
    #    note: goes with each line

    # Rules that come with the program tell what befalls itself: tidings.feed-down (a feed has failed for ten
    # minutes), tidings.gap, tidings.surge, tidings.offline, tidings.outlet, tidings.reload, tidings.expiry. A rule
    # of the same id changes one; what matches it has no say in:
    #  - {id: tidings.gap, mode: off}
    #  - {id: tidings.feed-down, severity: notice, cooldown: 1h, outlets: [file]}

    # Lines of some rules are held until a time; also by `tidings silence`. Ids, and what a line must have.
    # silences:
    #   - {rules: [quake], where: {feed: wire}, until: 2026-12-01, reason: drill, by: rina, expire_if_idle: 24h}

    # The outlet file always exists; others may be added. A name in `*_file` is looked up in
    # $CREDENTIALS_DIRECTORY, else beside this file; `tidings check` warns where others can read it.
    # outlets:
    #   file: {kind: jsonl, rotate: 64M, keep: 30, min_severity: info}
    #   journal: {kind: journald, min_severity: info}
    #   desk: {kind: webhook, url_file: desk.url, secret_file: desk.secret, min_severity: warning}
    #   # Sent also what its rules told before it was there, once; it may lie at a link-local address.
    #   archive: {kind: webhook, url: "https://archive.example/", from: 2026-11-01, allow_link_local: false}
    #   office: {kind: mattermost, url_file: office.url, ca_file: office-ca.pem}
    #   room: {kind: matrix, url: https://matrix.example, room: "!abc:example", token_file: matrix.token, digest: 15m}
    #   mail: {kind: email, server: "smtp://mail.example:587", user: tidings, password_file: smtp.pw,
    #          from: tidings@example.org, to: [desk@example.org], digest: daily 07:00}
    #   hook: {kind: exec, argv: [/usr/local/bin/on-alert, --json], timeout: 10s, parallel: 4}
    #   feed: {kind: atom, path: alerts.atom, entries: 200}

    """#
}
