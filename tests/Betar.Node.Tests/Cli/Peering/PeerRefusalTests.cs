using System.Net;
using System.Net.Sockets;
using Betar.Libp2p;
using Betar.Libp2p.Identity;
using Betar.Libp2p.Multiformats;
using Betar.Libp2p.Transports.Quic;
using Betar.Node.Cli.Peering;
using Betar.Node.Tests.Support;

namespace Betar.Node.Tests.Cli.Peering;

/// <summary>What the commands of the network refuse, from the real executable: one sentence, its code, its exit code.</summary>
public sealed class PeerRefusalTests
{
    private const string Somebody = "/p2p/12D3KooWD3eckifWpRn9wQpMG9R9hX3sD158z7EqHWmweQAJU5SA";

    [Theory]
    [InlineData("nonsense")]
    [InlineData("/ip4/999.0.0.1/tcp/4001" + Somebody)]
    [InlineData("/ip4/127.0.0.1/tcp/70000" + Somebody)]
    [InlineData("/ip4/127.0.0.1/tcp/4001/p2p/nobody")]
    [InlineData("/ip4/127.0.0.1/tcp/4001")]
    [InlineData("/ip4/127.0.0.1/udp/4001" + Somebody)]
    public async Task An_address_that_cannot_be_used(string address)
    {
        (await NodeProgram.RunAsync("p2p", "ping", address)).AssertRefused("BTR-1017", 2);
        (await CliRun.RunAsync("p2p", "identify", address)).AssertRefused("BTR-1017", 2);
        (await CliRun.RunAsync("p2p", "dial", address, "--protocol", "/echo/1.0.0")).AssertRefused("BTR-1017", 2);
    }

    [Fact]
    public async Task An_address_without_its_peer_says_what_is_missing() =>
        Assert.Contains("add /p2p/", (await CliRun.RunAsync("p2p", "ping", "/ip4/127.0.0.1/tcp/4001")).Error, StringComparison.Ordinal);

    [Theory]
    [InlineData("BTR-1003", "listen", "--port", "65536")]
    [InlineData("BTR-1003", "listen", "--port", "-1")]
    [InlineData("BTR-1003", "listen", "--port", "many")]
    [InlineData("BTR-1003", "listen", "--key", "")]
    [InlineData("BTR-1003", "id", "--key", "")]
    [InlineData("BTR-1003", "listen", "--host", "here")]
    [InlineData("BTR-1003", "listen", "--host", "127.1")]
    [InlineData("BTR-1003", "ping", "/ip4/127.0.0.1/tcp/1" + Somebody, "--count", "0")]
    [InlineData("BTR-1003", "ping", "/ip4/127.0.0.1/tcp/1" + Somebody, "--count", "100001")]
    [InlineData("BTR-1003", "dial", "/ip4/127.0.0.1/tcp/1" + Somebody, "--protocol", "")]
    [InlineData("BTR-1003", "dial", "/ip4/127.0.0.1/tcp/1" + Somebody, "--protocol", "/a\n/b")]
    [InlineData("BTR-1004", "dial", "/ip4/127.0.0.1/tcp/1" + Somebody)]
    [InlineData("BTR-1004", "id")]
    [InlineData("BTR-1000", "ping")]
    [InlineData("BTR-1000")]
    public async Task Wrong_usage(string code, params string[] args) => (await NodeProgram.RunAsync(["p2p", .. args])).AssertRefused(code, 2);

    [Fact]
    public async Task A_protocol_name_has_a_greatest_length()
    {
        var longest = "/" + new string('x', 999);

        (await DialAsync("/ip4/127.0.0.1/tcp/1", longest + "x")).AssertRefused("BTR-1003", 2);
        (await DialAsync("/ip4/127.0.0.1/tcp/1", longest)).AssertRefused("BTR-1017", 2);

        static Task<CliRun> DialAsync(string address, string protocol) => CliRun.RunAsync("p2p", "dial", address, "--protocol", protocol);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(67)]
    [InlineData(69)]
    [InlineData(100_000)]
    public async Task A_key_file_of_the_wrong_length(int length)
    {
        using var temp = new TempFolder();
        var file = KeyFileIn(temp);
        var bytes = File.ReadAllBytes(file);
        Array.Resize(ref bytes, length);
        File.WriteAllBytes(file, bytes);

        (await NodeProgram.RunAsync("p2p", "id", "--key", file)).AssertRefused("BTR-2007", 1);
        (await CliRun.RunAsync("p2p", "listen", "--key", file)).AssertRefused("BTR-2007", 1);

        Assert.Equal(bytes, File.ReadAllBytes(file));
    }

    [Fact]
    public async Task A_key_file_with_the_wrong_mode()
    {
        using var temp = new TempFolder();
        var file = KeyFileIn(temp);
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);

        (await NodeProgram.RunAsync("p2p", "id", "--key", file)).AssertRefused("BTR-2006", 1);
        (await CliRun.RunAsync("p2p", "listen", "--key", file)).AssertRefused("BTR-2006", 1);
    }

    [Fact]
    public async Task A_key_file_that_is_not_there_or_cannot_be_made()
    {
        using var temp = new TempFolder();

        (await NodeProgram.RunAsync("p2p", "id", "--key", Path.Combine(temp.Path, "none"))).AssertRefused("BTR-2012", 1);
        (await NodeProgram.RunAsync("p2p", "id", "--key", temp.Path)).AssertRefused("BTR-2012", 1);
        (await NodeProgram.RunAsync("p2p", "listen", "--key", "/proc/betar/key")).AssertRefused("BTR-2012", 1);
        (await NodeProgram.RunAsync("p2p", "listen", "--key", temp.Path)).AssertRefused("BTR-2012", 1);

        Assert.Empty(Directory.EnumerateFileSystemEntries(temp.Path));
    }

    [Theory]
    [InlineData(UnixFileMode.GroupRead)]
    [InlineData(UnixFileMode.GroupWrite)]
    [InlineData(UnixFileMode.GroupExecute)]
    [InlineData(UnixFileMode.OtherWrite)]
    [InlineData(UnixFileMode.OtherExecute)]
    public async Task Any_right_of_others_is_too_much(UnixFileMode right)
    {
        using var temp = new TempFolder();
        var file = KeyFileIn(temp);
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | right);

        (await CliRun.RunAsync("p2p", "id", "--key", file)).AssertRefused("BTR-2006", 1);
    }

    [Theory]
    [InlineData]
    [InlineData("--ws")]
    public async Task A_port_in_use(params string[] options)
    {
        using var holder = new TcpListener(IPAddress.Loopback, 0);
        holder.Start();

        (await NodeProgram.RunAsync(["p2p", "listen", "--port", $"{((IPEndPoint)holder.LocalEndpoint).Port}", .. options])).AssertRefused("BTR-2008", 1);
    }

    /// <summary>With the library the peer listens on a UDP port; without it the refusal says what to install. Never anything third.</summary>
    [Fact]
    public async Task Quic_is_listened_on_or_refused_with_the_library_that_is_missing()
    {
        if (QuicSupport.IsSupported)
        {
            using var peer = await RunningPeer.StartAsync("--quic");
            Assert.Matches("^/ip4/127.0.0.1/udp/[0-9]+/quic-v1/p2p/", peer.Address);
            Assert.Equal(0, (await NodeProgram.RunAsync("p2p", "ping", peer.Address, "--count", "1")).ExitCode);
        }
        else
            (await NodeProgram.RunAsync("p2p", "listen", "--quic")).AssertRefused("BTR-2009", 1);
    }

    [Fact]
    public async Task Two_ways_to_listen_at_once() =>
        (await NodeProgram.RunAsync("p2p", "listen", "--quic", "--ws")).AssertRefused("BTR-1003", 2);

    [Fact]
    public async Task Nobody_there()
    {
        // Bound and not listening: the port is ours, and a connection to it is refused.
        using var holder = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        holder.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var address = $"/ip4/127.0.0.1/tcp/{((IPEndPoint)holder.LocalEndPoint!).Port}{Somebody}";

        (await NodeProgram.RunAsync("p2p", "ping", address)).AssertRefused("BTR-2050", 1);
    }

    [Theory]
    [InlineData("/dns4/gone.example/tcp/1", "BTR-2050")]
    [InlineData("/dnsaddr/gone.example", "BTR-2050")]
    [InlineData("/ip4/127.0.0.1/udp/1", "BTR-1017")]
    public void A_name_that_leads_nowhere_is_no_wrong_usage(string address, string code) =>
        Assert.Equal(code, PeerRefusals.NotReached(Multiaddr.Parse(address), new Libp2pException(Libp2pError.NotDialable, "no")).Error.Code);

    [Fact]
    public async Task Somebody_else_there()
    {
        using var peer = await RunningPeer.StartAsync();
        var address = peer.Address.Replace("/p2p/" + peer.PeerId, Somebody, StringComparison.Ordinal);

        (await NodeProgram.RunAsync("p2p", "identify", address)).AssertRefused("BTR-2051", 1);
    }

    [Fact]
    public async Task A_protocol_that_is_not_served()
    {
        using var peer = await RunningPeer.StartAsync();

        (await NodeProgram.RunAsync("p2p", "dial", peer.Address, "--protocol", "/nobody/1.0.0")).AssertRefused("BTR-2052", 1);
    }

    [Fact]
    public async Task A_peer_that_breaks_off_while_stdin_is_open()
    {
        await using var pair = await PeerPair.StartAsync("/break/1.0.0", (stream, _) =>
        {
            stream.Reset();
            return Task.CompletedTask;
        });

        (await NodeProgram.RunAsync("p2p", "dial", pair.Address, "--protocol", "/break/1.0.0")).AssertRefused("BTR-2053", 1);
    }

    [Fact]
    public async Task Being_stopped_while_stdin_is_open()
    {
        var opened = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var pair = await PeerPair.StartAsync("/wait/1.0.0", async (stream, cancellation) =>
        {
            opened.SetResult();
            await stream.CopyToAsync(Stream.Null, cancellation);
        });
        using var dial = NodeProgram.Start("p2p", "dial", pair.Address, "--protocol", "/wait/1.0.0");
        await opened.Task.WaitAsync(TimeSpan.FromSeconds(30));

        await dial.SignalAsync("TERM");

        (await dial.EndAsync()).AssertRefused("BTR-2030", 1);
    }

    private static string KeyFileIn(TempFolder temp)
    {
        var file = Path.Combine(temp.Path, "peer.key");
        using var key = IdentityKey.Generate();
        KeyFile.Create(file, key);
        return file;
    }
}
