using Betar.Libp2p.Identity;
using Betar.Libp2p.Muxing;
using Betar.Libp2p.Negotiation;
using Betar.Libp2p.Security;
using Betar.Libp2p.Security.Noise;
using Betar.Libp2p.Security.Tls;
using Betar.Libp2p.Transports;

namespace Betar.Libp2p.Upgrading;

/// <summary>Raw bytes become a secured connection with streams, within one deadline.</summary>
internal sealed class Upgrader : IDisposable
{
    public const string Yamux = "/yamux/1.0.0";
    private static readonly string[] Muxers = [Yamux];
    private readonly UpgradeOptions _options;
    private readonly YamuxOptions _yamux;
    private readonly TaskScheduler _scheduler;
    private readonly TimeProvider _time;
    private readonly Dictionary<string, ISecurity> _securities;

    public Upgrader(IdentityKey identity, UpgradeOptions options, YamuxOptions yamux, TaskScheduler scheduler, TimeProvider time)
    {
        (_options, _yamux, _scheduler, _time) = (options, yamux, scheduler, time);
        _securities = options.Securities.Select(id => Create(id, identity)).ToDictionary(security => security.Protocol);
    }

    /// <summary>Owns the channel from now on, and breaks it off when the upgrade fails. A dialer says whom it wants to reach.</summary>
    public async ValueTask<UpgradedConnection> UpgradeAsync(
        IByteChannel channel, bool isDialer, PeerId? expected, IMemoryBudget budget, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(isDialer ? _options.OutboundTimeout : _options.InboundTimeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        var link = new PlainLink(channel);
        try
        {
            return await UpgradeAsync(link, isDialer, expected, budget, either.Token);
        }
        catch (Exception e)
        {
            channel.Abort();
            link.ReleaseBuffer();
            switch (e)
            {
                case Libp2pException:
                    throw;
                case OperationCanceledException when deadline.IsCancellationRequested && !cancellationToken.IsCancellationRequested:
                    throw new Libp2pException(Libp2pError.Timeout, "The upgrade took too long.", e);
                case IOException or ObjectDisposedException:
                    throw new Libp2pException(Libp2pError.ConnectionClosed, "The connection broke during the upgrade.", e);
                default:
                    throw;
            }
        }
    }

    public void Dispose()
    {
        foreach (var security in _securities.Values)
            (security as IDisposable)?.Dispose();
    }

    private async ValueTask<UpgradedConnection> UpgradeAsync(
        PlainLink link, bool isDialer, PeerId? expected, IMemoryBudget budget, CancellationToken cancellationToken)
    {
        var protocol = await NegotiateAsync(link, isDialer, _options.Securities, "security", cancellationToken);
        var secured = await _securities[protocol].SecureAsync(link, isDialer, expected, cancellationToken);
        var muxer = secured.Muxer ?? await NegotiateAsync(secured.Link, isDialer, Muxers, "stream muxer", cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        var connection = new YamuxConnection(secured.Link, isDialer, _yamux, budget, _scheduler, _time);
        return new UpgradedConnection(secured.RemotePeer, secured.RemoteKey, protocol, muxer, secured.Muxer is not null, connection);
    }

    private async ValueTask<string> NegotiateAsync(
        IDuplex duplex, bool isDialer, IReadOnlyList<string> protocols, string what, CancellationToken cancellationToken)
    {
        var chosen = isDialer
            ? await MultistreamSelect.SelectAsync(duplex, protocols, _options.Multistream, cancellationToken)
            : await MultistreamSelect.AnswerAsync(duplex, protocols.Contains, _options.Multistream, cancellationToken);
        return chosen ?? throw new Libp2pException(Libp2pError.UnknownProtocol, $"The two sides have no {what} in common.");
    }

    private ISecurity Create(string id, IdentityKey identity) => id switch
    {
        NoiseSecurity.Id => new NoiseSecurity(identity, _options.EarlyMuxer ? Muxers : [], _options.MaxHandshakeMessage, _options.Identities),
        TlsSecurity.Id => new TlsSecurity(identity, _options.EarlyMuxer ? Muxers : [], _options.Identities, _time),
        _ => throw new ArgumentException($"There is no security {id}.", nameof(id)),
    };
}
