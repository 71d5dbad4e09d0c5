using Betar.Blocks.Diagnostics;
using Betar.Blocks.Exchange;
using Betar.Blocks.Exchange.Peers;
using Betar.Blocks.Exchange.Wire;
using Betar.Libp2p;
using Betar.Libp2p.Identity;
using Betar.Libp2p.Tests.Support;
using Betar.Libp2p.Transports.Memory;

namespace Betar.Blocks.Tests.Support;

/// <summary>A peer whose every message the test decides.</summary>
internal sealed class RawPeer : IAsyncDisposable
{
    private readonly BitswapOptions _options = new() { MaxBlockBytes = BitswapOptions.HardBlockBytes };
    private readonly BlocksMeter _meter = new();

    private RawPeer(Libp2pHost host) => Host = host;

    public Libp2pHost Host { get; }

    public PeerId Id => Host.PeerId;

    /// <summary>All that it was told, in order.</summary>
    public List<BitswapMessage> Received { get; } = [];

    public IEnumerable<WantEntry> Wants => Received.SelectMany(message => message.Wants).Where(want => !want.Cancel);

    public IEnumerable<WantEntry> Cancels => Received.SelectMany(message => message.Wants).Where(want => want.Cancel);

    public IEnumerable<BlockPresence> Presences => Received.SelectMany(message => message.Presences);

    public IEnumerable<byte[]> Blocks => Received.SelectMany(message => message.Blocks).Select(block => block.Data.ToArray());

    /// <summary>What it does with a message of somebody.</summary>
    public Func<PeerId, BitswapMessage, Task>? OnMessage { get; set; }

    /// <summary>Reads nothing until this is done.</summary>
    public Task Reading { get; set; } = Task.CompletedTask;

    /// <param name="protocols">None: it serves no bitswap.</param>
    public static async Task<RawPeer> StartAsync(Simulated run, MemoryNetwork network, byte number, params string[] protocols)
    {
        var peer = new RawPeer(HostPair.Builder(network, number, run.Scheduler).Listen("/memory/0").Build());
        foreach (var protocol in protocols)
            peer.Host.Handle(protocol, peer.TakeAsync);
        await peer.Host.StartAsync();
        return peer;
    }

    public static Task<RawPeer> StartAsync(Simulated run, MemoryNetwork network, byte number) => StartAsync(run, network, number, BitswapProtocol.V12);

    public async Task SendAsync(PeerId to, BitswapMessage message, string protocol = BitswapProtocol.V12)
    {
        var stream = await Host.OpenStreamAsync(to, protocol);
        foreach (var piece in BitswapWriter.Write(message, protocol))
            await stream.WriteAsync(piece);
        await stream.DisposeAsync();
    }

    public Task SendAsync(PeerId to, params Block[] blocks) =>
        SendAsync(to, new BitswapMessage { Blocks = [.. blocks.Select(block => new BlockPayload(CidPrefix.Of(block.Cid), block.Data))] });

    public Task WantAsync(PeerId to, params WantEntry[] wants) => SendAsync(to, new BitswapMessage { Wants = wants });

    public ValueTask DisposeAsync() => Host.DisposeAsync();

    private async Task TakeAsync(Libp2pStream stream, CancellationToken cancellationToken)
    {
        await Reading.WaitAsync(cancellationToken);
        var source = new MessageSource(stream, new ByteBudget(long.MaxValue, "none"), _options, _meter);
        while (await source.ReadAsync(cancellationToken) is { } message)
        {
            Received.Add(message);
            if (OnMessage is { } action)
                await action(stream.RemotePeer, message);
        }
    }
}
