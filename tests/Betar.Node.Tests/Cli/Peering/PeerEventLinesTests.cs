using Betar.Libp2p.Connections;
using Betar.Libp2p.Events;
using Betar.Libp2p.Identity;
using Betar.Libp2p.Multiformats;
using Betar.Libp2p.Peers;
using Betar.Libp2p.Protocols.Identify;
using Betar.Node.Cli;
using Betar.Node.Cli.Peering;
using Betar.Node.Folder;

namespace Betar.Node.Tests.Cli.Peering;

public sealed class PeerEventLinesTests
{
    [Theory]
    [InlineData(true, "{\"event\":\"lost\",\"count\":3}")]
    [InlineData(false, "3 lines were lost: they came faster than they were read")]
    public async Task Lines_that_nobody_reads_are_counted_and_not_kept(bool json, string said)
    {
        using var output = new StringWriter();
        var lines = Lines(output, json);
        for (var i = 0; i < PeerEventLines.MaxWaiting + 3; i++)
            lines.Take(null, Event(HostEventKind.Connected));
        lines.End();

        await lines.PrintAsync();

        var printed = output.ToString().TrimEnd('\n').Split('\n');
        Assert.Equal(PeerEventLines.MaxWaiting + 1, printed.Length);
        Assert.Single(printed, said);
    }

    [Fact]
    public async Task What_a_peer_says_of_itself_stays_on_its_line()
    {
        using var output = new StringWriter();
        var lines = Lines(output, json: false);
        lines.Take(null, Event(HostEventKind.Identified, "bad\n\u001b[2Jagent"));
        lines.End();

        await lines.PrintAsync();

        Assert.Contains("bad\\u000a\\u001b[2Jagent", output.ToString(), StringComparison.Ordinal);
        Assert.Equal(1, output.ToString().Count(c => c == '\n'));
    }

    private static PeerEventLines Lines(TextWriter output, bool json) =>
        new(new CommandContext(output, TextWriter.Null, TimeProvider.System, _ => null) { Json = json, Data = new DataFolder("unused") });

    private static HostEventArgs Event(HostEventKind kind, string? agent = null)
    {
        using var key = IdentityKey.FromEd25519Seed(new byte[32]);
        var address = Multiaddr.Parse("/ip4/127.0.0.1/tcp/1");
        var connection = new ConnectionInfo(key.PeerId, true, address, address, "/noise", "/yamux/1.0.0", true, DateTimeOffset.UnixEpoch, 0, null);
        return new HostEventArgs(kind, connection,
            agent is null ? null : new IdentifiedPeer(PeerInfo.Unknown(key.PeerId) with { AgentVersion = agent }, null, false));
    }
}
