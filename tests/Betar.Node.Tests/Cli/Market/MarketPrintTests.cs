using System.Text.Json;
using Betar.Node.Cli;
using Betar.Node.Cli.Market;
using Betar.Node.Cli.Peering;
using Betar.Node.Folder;

namespace Betar.Node.Tests.Cli.Market;

/// <summary>What people see, letter by letter.</summary>
public sealed class MarketPrintTests
{
    private const string Echo = """
        {"id":"did:key:z6Mk1","name":"echo","price":0.001,"priceAtomic":"1000","sellerId":"12D3KooWAbcdefghijkl","addrs":["/ip4/9.9.9.9/tcp/4001"],"protocols":["/x402/libp2p/1.0.0"],
         "payTo":"0x1a642f0E3c3aF545E7AcBD38b07251B3990914F1","network":"eip155:84532","trust":"verified","ageSeconds":61,"expires":"2030-01-08T00:00:00Z","lastSeen":"2030-01-01T00:00:00Z","alive":true}
        """;

    private const string Liar = """
        {"id":"did:key:z6Mk2","name":"ev\u001b[2Jil\u202e","price":1e99,"priceAtomic":null,"sellerId":"12D3KooWx","addrs":[],"protocols":[],"trust":"hearsay","contested":true,"ageSeconds":7200,
         "lastSeen":"2030-01-01T00:00:00Z","alive":false}
        """;

    [Fact]
    public void A_list_is_a_table_in_which_strangers_texts_have_no_power()
    {
        using var output = new StringWriter();
        MarketTable.Write(output, [Parse(Echo), Parse(Liar)]);

        string[] lines = output.ToString().TrimEnd().Split('\n');
        Assert.Equal("name                 price       trust               seller     age    id", lines[0]);
        Assert.Equal("echo                 0.001 USDC  verified            …efghijkl  1 min  did:key:z6Mk1", lines[1]);
        Assert.StartsWith("ev", lines[2], StringComparison.Ordinal);
        Assert.Contains("hearsay, contested", lines[2], StringComparison.Ordinal);
        Assert.Contains("2 h", lines[2], StringComparison.Ordinal);
        Assert.DoesNotContain(lines[2], letter => letter is '\u001b' or '\u202e');
    }

    [Fact]
    public void One_listing_is_shown_line_by_line()
    {
        Assert.Equal(
            """
            name      echo
            id        did:key:z6Mk1
            price     0.001 USDC for a task
            paid to   0x1a642f0E3c3aF545E7AcBD38b07251B3990914F1
            network   eip155:84532
            seller    12D3KooWAbcdefghijkl
            at        /ip4/9.9.9.9/tcp/4001
            trust     verified
            age       1 min
            expires   2030-01-08T00:00:00Z
            last seen 2030-01-01T00:00:00Z

            """, Printed(Echo, MarketShowCommand.Print));
        Assert.EndsWith("It is not bought unless --accept-unverified is given: the seller itself did not say so.\n", Printed(Liar, MarketShowCommand.Print), StringComparison.Ordinal);
        Assert.Contains("paid to   (the seller says it when it is asked)", Printed(Liar, MarketShowCommand.Print), StringComparison.Ordinal);
    }

    [Fact]
    public void Why_is_answered_in_sentences_and_facts() => Assert.Equal(
        """
        did:key:z6Mk1 is seen here as verified.
          The seller's signature holds, and no newer version is known.
          signed     version 3, block bafy1
          expires    2030-01-08T00:00:00Z
          in the set height 7, node bafy2
          brought by 12D3KooWx
          gossip     2030-01-01T00:00:00Z
          held by    12D3KooWy since 2030-01-01T00:00:01Z
          score      12D3KooWx: -1.5

        """,
        Printed(
            """
            {"id":"did:key:z6Mk1","visible":true,"trust":"verified","reasons":["The seller's signature holds, and no newer version is known."],"version":3,"record":"bafy1",
             "expires":"2030-01-08T00:00:00Z","node":"bafy2","height":7,"broadcastBy":"12D3KooWx","lastGossip":"2030-01-01T00:00:00Z","lastSeen":null,
             "holders":[{"peerId":"12D3KooWy","since":"2030-01-01T00:00:01Z"}],"pathScores":{"12D3KooWx":-1.5}}
            """, MarketWhyCommand.Print));

    [Fact]
    public void What_is_not_seen_says_so() => Assert.StartsWith(
        "did:key:z is not seen here.\n  Nobody lists it.\n  signed     no\n  in the set no\n",
        Printed("""{"id":"did:key:z","visible":false,"trust":"expired","reasons":["Nobody lists it."],"version":null,"node":null,"holders":[],"pathScores":{}}""", MarketWhyCommand.Print),
        StringComparison.Ordinal);

    [Fact]
    public void An_audit_is_a_table_and_what_was_contested() => Assert.Equal(
        """
        trust     listings
        own       1
        verified  1,200
        contested: did:key:z6Mk2; what its seller said is shown
        records not believed, badSignature: 3
        replicated set: 5 nodes, height 4, 1 on their way, 0 that nobody has

        """,
        Printed(
            """
            {"ok":false,"byTrust":{"own":1,"verified":1200},"contested":["did:key:z6Mk2"],"recordFaults":{"badSignature":3},"replica":{"settled":5,"height":4,"missing":1,"absent":0}}
            """, MarketVerifyCommand.Print));

    [Fact]
    public void Changes_are_a_line_each_and_what_was_lost_is_said() => Assert.Equal(
        """
        2 changes were lost: they came faster than they were read
        2030-01-01T00:00:00Z listed    echo, 0.001 USDC, verified: did:key:z6Mk1
        2030-01-01T00:00:01Z delisted  did:key:z6Mk1

        """,
        Printed(Changes, MarketWatchCommand.Print));

    [Fact]
    public void For_machines_changes_are_json_lines()
    {
        using var output = new StringWriter();
        MarketWatchCommand.Print(Context(output, json: true), Parse(Changes));

        string[] lines = output.ToString().TrimEnd().Split('\n');
        Assert.Equal("""{"event":"lost","count":2}""", lines[0]);
        Assert.Equal("listed", Parse(lines[1]).GetProperty("event").GetString());
        Assert.Equal("""{"event":"delisted","at":"2030-01-01T00:00:01Z","id":"did:key:z6Mk1"}""", lines[2]);
    }

    [Theory]
    [InlineData(0, 4, "catching up [------------------------------] 0 of at least 4 nodes")]
    [InlineData(1024, 1024, "catching up [###############---------------] 1,024 of at least 2,048 nodes")]
    [InlineData(3, 0, "catching up [##############################] 3 of at least 3 nodes")]
    public void A_bar_shows_how_far_the_node_is(long settled, long missing, string line) =>
        Assert.Equal(line, CatchUp.Line(Parse($$"""{"settled":{{settled}},"missing":{{missing}}}""")));

    [Theory]
    [InlineData(-5, "0 s")]
    [InlineData(59, "59 s")]
    [InlineData(60, "1 min")]
    [InlineData(3599, "59 min")]
    [InlineData(3600, "1 h")]
    [InlineData(86_399, "23 h")]
    [InlineData(86_400, "1 d")]
    public void Ages_are_in_the_largest_unit(long seconds, string text) => Assert.Equal(text, Ages.Of(seconds));

    [Fact]
    public void Peers_scores_and_topics_are_tables()
    {
        Assert.Equal(
            """
            peer       address                way  found by   since  round trip  runs
            12D3KooWx  /ip4/9.9.9.9/tcp/4001  out  bootstrap  1 min  1.5 ms      betar/1
            12D3KooWy  /ip4/9.9.9.8/tcp/4001  in              0 s                go

            """,
            Printed(
                """
                [{"peerId":"12D3KooWx","address":"/ip4/9.9.9.9/tcp/4001","inbound":false,"foundBy":"bootstrap","agentVersion":"betar/1","connectedSeconds":61,"roundTripMs":1.46},
                 {"peerId":"12D3KooWy","address":"/ip4/9.9.9.8/tcp/4001","inbound":true,"foundBy":"","agentVersion":"go","connectedSeconds":0,"roundTripMs":null}]
                """, PeerListCommand.Print));
        Assert.Equal(
            """
            peer       score  connected  mesh of  invalid  same network  behaviour
            12D3KooWx  -4.5   yes        a b      2        -1            0

            """,
            Printed(
                """
                [{"peerId":"12D3KooWx","score":-4.5,"connected":true,"application":0,"colocation":-1,"behaviour":0,
                  "topics":[{"topic":"a","inMesh":true,"invalid":1.5},{"topic":"b","inMesh":true,"invalid":0.5},{"topic":"c","inMesh":false,"invalid":0}]}]
                """, PeerScoresCommand.Print));
        Assert.Equal(
            """
            topic  peers  in the mesh
            a      2      1

            """, Printed("""[{"topic":"a","peers":["x","y"],"mesh":["x"]}]""", PeerTopicsCommand.Print));
    }

    private const string Changes = """
        {"next":5,"lost":2,"changes":[
          {"event":"listed","at":"2030-01-01T00:00:00Z","id":"did:key:z6Mk1","listing":{"name":"echo","price":0.001,"trust":"verified"}},
          {"event":"delisted","at":"2030-01-01T00:00:01Z","id":"did:key:z6Mk1"}]}
        """;

    private static string Printed(string json, Action<CommandContext, JsonElement> print)
    {
        using var output = new StringWriter();
        print(Context(output), Parse(json));
        return output.ToString();
    }

    private static CommandContext Context(TextWriter output, bool json = false) =>
        new(output, TextWriter.Null, TimeProvider.System, _ => null) { Data = new DataFolder("/nowhere"), Json = json };

    private static JsonElement Parse(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }
}
