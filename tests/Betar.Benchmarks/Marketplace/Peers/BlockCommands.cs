using System.Buffers.Binary;
using System.Diagnostics;
using System.Text.Json.Nodes;
using Betar.Blocks;
using Betar.Blocks.Exchange;
using Betar.Blocks.Store;
using Betar.Libp2p;
using Betar.Libp2p.Identity;
using Betar.Libp2p.Multiformats;
using Microsoft.Extensions.Logging.Abstractions;

namespace Betar.Benchmarks.Marketplace.Peers;

/// <summary>The commands of the js bitswap program that the bench uses, for our own kind.</summary>
internal sealed class BlockCommands : IAsyncDisposable
{
    private readonly MemoryBlockStore _store = new(new BlockStoreOptions { QuotaBytes = 8L << 30 });
    private Libp2pHost? _host;
    private BitswapExchange? _exchange;

    public async Task<JsonObject> RunAsync(JsonObject command) => command["do"]!.GetValue<string>() switch
    {
        "start" => await StartAsync(),
        "dial" => await DialAsync(command["address"]!.GetValue<string>()),
        "fill" => await FillAsync(command["first"]!.GetValue<int>(), command["count"]!.GetValue<int>(), command["length"]!.GetValue<int>()),
        "wantAll" => await WantAllAsync([.. command["cids"]!.AsArray().Select(cid => Cid.Parse(cid!.GetValue<string>()))], command["window"]!.GetValue<int>()),
        "stop" => await StopAsync(),
        var other => throw new ArgumentException($"No command {other}."),
    };

    public async ValueTask DisposeAsync() => await StopAsync();

    private async Task<JsonObject> StartAsync()
    {
        _host = Libp2pHost.CreateBuilder().Listen("/ip4/127.0.0.1/tcp/0").Build();
        _exchange = new BitswapExchange(_host, _store, _store, new BitswapOptions(), TaskScheduler.Default, TimeProvider.System, NullLoggerFactory.Instance);
        await _host.StartAsync();
        return new JsonObject { ["node"] = 1, ["peerId"] = _host.PeerId.ToString(), ["addresses"] = new JsonArray(_host.Addresses[0].ToString()) };
    }

    private async Task<JsonObject> DialAsync(string address)
    {
        await _host!.ConnectAsync(Multiaddr.Parse(address));
        return [];
    }

    /// <summary>So many numbered blocks of the same length.</summary>
    private async Task<JsonObject> FillAsync(int first, int count, int length)
    {
        var cids = new JsonArray();
        for (int i = 0; i < count; i++)
        {
            var data = new byte[length];
            for (int at = 0; at + sizeof(ulong) <= length; at += sizeof(ulong))
                BinaryPrimitives.WriteUInt64LittleEndian(data.AsSpan(at), ((ulong)(first + i) * 1_000_003) + (ulong)at);
            Cid cid = Cid.Create(CidCodec.Raw, Multihash.Sha256(data));
            await _store.PutAsync([new Block(cid, data)], CancellationToken.None);
            cids.Add(cid.ToString());
        }

        return new JsonObject { ["cids"] = cids };
    }

    /// <summary>Like the js one it keeps what comes.</summary>
    private async Task<JsonObject> WantAllAsync(Cid[] cids, int window)
    {
        (int next, long bytes) = (-1, 0);
        long started = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, window).Select(async _ =>
        {
            for (int i = Interlocked.Increment(ref next); i < cids.Length; i = Interlocked.Increment(ref next))
            {
                Block block = await _exchange!.FetchAsync(cids[i], Array.Empty<PeerId>(), CancellationToken.None) ?? throw new InvalidOperationException($"Block {cids[i]} did not come.");
                await _store.PutAsync([block], CancellationToken.None);
                Interlocked.Add(ref bytes, block.Data.Length);
            }
        }));
        return new JsonObject { ["bytes"] = bytes, ["ms"] = Stopwatch.GetElapsedTime(started).TotalMilliseconds };
    }

    private async Task<JsonObject> StopAsync()
    {
        if (_exchange is not null)
            await _exchange.DisposeAsync();
        if (_host is not null)
            await _host.DisposeAsync();
        (_exchange, _host) = (null, null);
        return [];
    }
}
