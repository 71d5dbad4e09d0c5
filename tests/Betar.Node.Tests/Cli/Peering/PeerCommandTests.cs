using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using Betar.Libp2p;
using Betar.Libp2p.Multiformats;
using Betar.Node.Tests.Support;

namespace Betar.Node.Tests.Cli.Peering;

/// <summary>The commands of the network, two real processes talking to each other.</summary>
public sealed class PeerCommandTests
{
    [Fact]
    public async Task Listen_says_where_it_is_then_what_happens_and_ends_cleanly()
    {
        using var peer = await RunningPeer.StartAsync();
        await using var client = Libp2pHost.CreateBuilder().Build();
        await client.StartAsync();

        Assert.Equal(["peerId", "addresses"], Names(peer.First));
        Assert.Matches($"^/ip4/127.0.0.1/tcp/[0-9]+/p2p/{peer.PeerId}$", peer.Address);
        await client.ConnectAsync(Multiaddr.Parse(peer.Address));
        var connected = await peer.EventAsync("connected");
        Assert.Equal(["event", "peerId", "address", "inbound", "security", "muxer"], Names(connected));
        Assert.Equal(client.PeerId.ToString(), connected.GetProperty("peerId").GetString());
        Assert.True(connected.GetProperty("inbound").GetBoolean());
        var identified = await peer.EventAsync("identified");
        Assert.Equal(["event", "peerId", "address", "inbound", "agentVersion", "protocolVersion", "signedRecord", "addresses", "protocols"], Names(identified));
        using var served = client.Handle("/new/1.0.0", (_, _) => Task.CompletedTask);
        await peer.EventAsync("protocolsChanged", line => Texts(line, "protocols").Contains("/new/1.0.0"));
        await client.DisposeAsync();
        await peer.EventAsync("disconnected");

        var end = await peer.StopAsync();

        Assert.Equal((0, "", ""), (end.ExitCode, end.Out, end.Error));
    }

    [Fact]
    public async Task Those_still_connected_at_the_end_are_said_goodbye_to()
    {
        using var peer = await RunningPeer.StartAsync();
        await using var client = Libp2pHost.CreateBuilder().Build();
        await client.StartAsync();
        await client.ConnectAsync(Multiaddr.Parse(peer.Address));
        await peer.EventAsync("connected");

        var end = await peer.StopAsync();

        Assert.Equal((0, ""), (end.ExitCode, end.Error));
        Assert.Contains("\"event\":\"disconnected\"", end.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task For_a_person_listen_prints_words()
    {
        using var peer = NodeProgram.Start("p2p", "listen");

        Assert.Matches("^Peer 12D3Koo[A-Za-z0-9]+ listens; Ctrl-C stops it.$", await peer.ReadLineAsync());
        var address = await peer.ReadLineAsync();
        var ping = await NodeProgram.RunAsync("p2p", "ping", address!, "--count", "2");

        Assert.Matches("^([0-9.]+ ms\n){2}12D3Koo[A-Za-z0-9]+: 2 pings, least [0-9.]+ ms, median [0-9.]+ ms, most [0-9.]+ ms\n$", ping.Out);
        Assert.Matches("^connected +12D3Koo[A-Za-z0-9]+ at /ip4/127.0.0.1/tcp/[0-9]+(/p2p/[A-Za-z0-9]+)?, /noise, /yamux/1.0.0$", await peer.ReadLineAsync());
    }

    [Theory]
    [InlineData]
    [InlineData("--ws")]
    [InlineData("--host", "::1")]
    public async Task Ping_over_every_transport(params string[] listen)
    {
        using var peer = await RunningPeer.StartAsync(listen);

        var run = await NodeProgram.RunAsync("p2p", "ping", peer.Address, "--count", "3", "--json");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal(["peerId", "microseconds", "min", "p50", "max"], Names(run.Json()));
        Assert.Equal(peer.PeerId, run.Json().GetProperty("peerId").GetString());
        var times = run.Json().GetProperty("microseconds").EnumerateArray().Select(time => time.GetInt64()).Order().ToArray();
        Assert.Equal(3, times.Length);
        Assert.Equal([run.Json().GetProperty("min").GetInt64(), run.Json().GetProperty("p50").GetInt64(), run.Json().GetProperty("max").GetInt64()], times);
        Assert.Equal(listen.Contains("--ws"), peer.Address.Contains("/ws/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Identify_shows_what_a_peer_says_of_itself()
    {
        using var peer = await RunningPeer.StartAsync();

        var json = (await NodeProgram.RunAsync("p2p", "identify", peer.Address, "--json")).Json();
        var words = await NodeProgram.RunAsync("p2p", "identify", peer.Address);

        Assert.Equal(["peerId", "security", "muxer", "observedAddress", "agentVersion", "protocolVersion", "signedRecord", "addresses", "protocols"], Names(json));
        Assert.Equal(peer.PeerId, json.GetProperty("peerId").GetString());
        Assert.True(json.GetProperty("signedRecord").GetBoolean());
        Assert.Superset(new HashSet<string> { "/echo/1.0.0", "/perf/1.0.0", "/ipfs/ping/1.0.0", "/ipfs/id/1.0.0" }, Texts(json, "protocols").ToHashSet());
        Assert.Contains(Texts(json, "addresses"), address => peer.Address.StartsWith(address, StringComparison.Ordinal));
        Assert.Contains($"peer      {peer.PeerId}\n", words.Out, StringComparison.Ordinal);
        Assert.Contains("protocol  /echo/1.0.0\n", words.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Dial_carries_stdin_to_the_peer_and_its_answer_to_stdout()
    {
        using var peer = await RunningPeer.StartAsync();
        using var dial = NodeProgram.Start("p2p", "dial", peer.Address, "--protocol", "/echo/1.0.0");
        var text = string.Concat(Enumerable.Range(0, 100_000).Select(number => $"{number}\n"));

        var run = await dial.FeedAsync(Encoding.ASCII.GetBytes(text));

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal(text, run.Out);
    }

    [Fact]
    public async Task Perf_sends_back_as_much_as_it_is_asked_for()
    {
        using var peer = await RunningPeer.StartAsync();
        using var dial = NodeProgram.Start("p2p", "dial", peer.Address, "--protocol", "/perf/1.0.0");
        var request = new byte[sizeof(ulong) + 5000];
        BinaryPrimitives.WriteUInt64BigEndian(request, 1234);

        var run = await dial.FeedAsync(request);

        Assert.Equal((0, "", 1234), (run.ExitCode, run.Error, run.Out.Length));
    }

    [Fact]
    public async Task A_key_file_is_made_once_and_names_the_peer_from_then_on()
    {
        using var temp = new TempFolder();
        var file = Path.Combine(temp.Path, "peer.key");
        string first;
        using (var peer = await RunningPeer.StartAsync("--key", file))
            first = peer.PeerId;
        using var again = await RunningPeer.StartAsync("--key", file);

        var words = await NodeProgram.RunAsync("p2p", "id", "--key", file);
        var json = (await NodeProgram.RunAsync("p2p", "id", "--key", file, "--json")).Json();

        Assert.Equal(first, again.PeerId);
        Assert.Equal((0, first + "\n", ""), (words.ExitCode, words.Out, words.Error));
        Assert.Equal(["peerId", "keyType", "did"], Names(json));
        Assert.Equal((first, "Ed25519"), (json.GetProperty("peerId").GetString(), json.GetProperty("keyType").GetString()));
        Assert.StartsWith("did:key:z6Mk", json.GetProperty("did").GetString(), StringComparison.Ordinal);
        Assert.Equal(68, new FileInfo(file).Length);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
    }

    private static string[] Names(JsonElement element) => [.. element.EnumerateObject().Select(property => property.Name)];

    private static string[] Texts(JsonElement element, string name) => [.. element.GetProperty(name).EnumerateArray().Select(item => item.GetString()!)];
}
