using System.Buffers.Binary;
using System.Text.Json.Nodes;
using Betar.Blocks;
using Betar.Blocks.Exchange;
using Betar.Blocks.Store;
using Betar.Interop.Tests.Partner;
using Betar.Libp2p;
using Betar.Libp2p.Identity;
using Betar.Libp2p.Multiformats;
using Microsoft.Extensions.Logging.Abstractions;

namespace Betar.Interop.Tests.Blocks;

/// <summary>A host of ours and a js one that are connected, each with blocks.</summary>
internal sealed class BlockPair : IAsyncDisposable
{
    private readonly BlocksFixture _partner;
    private readonly int _node;

    private BlockPair(BlocksFixture partner, int node, PeerId other, Libp2pHost host, MemoryBlockStore store, BitswapExchange exchange) =>
        (_partner, _node, Other, Host, Store, Exchange) = (partner, node, other, host, store, exchange);

    public PeerId Other { get; }

    public Libp2pHost Host { get; }

    public MemoryBlockStore Store { get; }

    public BitswapExchange Exchange { get; }

    public static async Task<BlockPair> StartAsync(BlocksFixture partner)
    {
        var started = await partner.AskAsync("start", new { options = new { } });
        var host = Libp2pHost.CreateBuilder().Listen("/ip4/127.0.0.1/tcp/0").Build();
        var store = new MemoryBlockStore();
        var exchange = new BitswapExchange(host, store, store, new BitswapOptions(), TaskScheduler.Default, TimeProvider.System, NullLoggerFactory.Instance);
        await host.StartAsync();
        var connection = await host.ConnectAsync(Multiaddr.Parse(started["addresses"].Strings()[0]));
        return new BlockPair(partner, started.Int("node"), connection.Peer, host, store, exchange);
    }

    /// <summary>The bytes that the partner makes of the same numbers.</summary>
    public static Block Pattern(int number, int length)
    {
        var data = new byte[length];
        for (var i = 0; i + 8 <= length; i += 8)
            BinaryPrimitives.WriteUInt64LittleEndian(data.AsSpan(i), ((ulong)number * 1000003ul) + (ulong)i);
        return new Block(Cid.Create(CidCodec.Raw, Multihash.Sha256(data)), data);
    }

    public Task<JsonObject> AskAsync(string command, object? fields = null) => _partner.AskAsync(command, fields, _node);

    public Task<Block?> FetchAsync(Cid cid, params PeerId[] likely) => Exchange.FetchAsync(cid, likely, default).AsTask().WaitAsync(PartnerProcess.Patience);

    public Task<JsonObject> FillAsync(int first, int count, int length) => AskAsync("fill", new { first, count, length });

    public async ValueTask DisposeAsync()
    {
        await AskAsync("stop");
        await Exchange.DisposeAsync();
        await Host.DisposeAsync();
    }
}
