using Betar.Libp2p.Identity;
using Betar.Libp2p.Multiformats;
using Betar.Libp2p.Muxing;
using Betar.Libp2p.Negotiation;
using Betar.Libp2p.Transports;
using Betar.Libp2p.Transports.Memory;
using Betar.Libp2p.Upgrading;

namespace Betar.Libp2p.Tests.Support;

/// <summary>A peer whose every byte the test decides.</summary>
internal sealed class Stranger : IAsyncDisposable
{
    private readonly Upgrader _upgrader;
    private readonly IdentityKey _key;

    private Stranger(Upgrader upgrader, IdentityKey key, UpgradedConnection connection)
    {
        _upgrader = upgrader;
        _key = key;
        Connection = connection;
    }

    public UpgradedConnection Connection { get; }

    public IdentityKey Key => _key;

    public static async Task<IByteChannel> KnockAsync(HostPair pair) =>
        await new MemoryTransport(pair.Network).DialAsync(pair.Address.WithoutPeer(), default);

    public static async Task<Stranger> ConnectAsync(Simulated run, HostPair pair, byte number = 77)
    {
        var key = Somebody.Key(number);
        var upgrader = new Upgrader(key, new UpgradeOptions(), YamuxOptions.Default, run.Scheduler, run.Time);
        var channel = await KnockAsync(pair);
        var connection = await upgrader.UpgradeAsync(channel, true, pair.Listener.PeerId, new MemoryBudget(1 << 30), default);
        return new Stranger(upgrader, key, connection);
    }

    /// <summary>A stream for which the protocol is agreed.</summary>
    public async Task<MuxedStream> OpenAsync(string protocol)
    {
        var stream = await Connection.Connection.OpenStreamAsync(default);
        Assert.Equal(protocol, await MultistreamSelect.SelectAsync(stream, [protocol], MultistreamOptions.Default, default));
        return stream;
    }

    /// <summary>Answers the next stream of the host, which must be for this protocol.</summary>
    public async Task<MuxedStream> AcceptAsync(string protocol)
    {
        while (true)
        {
            var stream = (await Connection.Connection.AcceptStreamAsync(default))!;
            try
            {
                if (await MultistreamSelect.AnswerAsync(stream, offered => offered == protocol, MultistreamOptions.Default, default) is not null)
                    return stream;
                await stream.DisposeAsync();
            }
            catch (Libp2pException error) when (error.Code == Libp2pError.StreamReset)
            {
                // The host breaks a stream off whose protocol was refused.
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Connection.Connection.DisposeAsync();
        _upgrader.Dispose();
        _key.Dispose();
    }
}
