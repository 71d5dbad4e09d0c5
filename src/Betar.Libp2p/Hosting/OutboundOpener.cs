using Betar.Libp2p.Connections;
using Betar.Libp2p.Diagnostics;
using Betar.Libp2p.Dialing;
using Betar.Libp2p.Identity;
using Betar.Libp2p.Limits;
using Betar.Libp2p.Multiformats;
using Betar.Libp2p.Scheduling;
using Betar.Libp2p.Transports;
using Betar.Libp2p.Upgrading;

namespace Betar.Libp2p.Hosting;

/// <summary>One dial of one address: limits, transport, upgrade, admission.</summary>
internal sealed class OutboundOpener(
    IReadOnlyList<ITransport> transports, Upgrader upgrader, ResourceManager resources, ConnectionAdmission admission, TimeSpan connectTimeout, LimitMeter meter,
    TimeProvider time)
    : IAddressDialer
{
    public const string ConnectTimeLimit = "dial.connect_timeout";
    public const string UpgradeTimeLimit = "connection.outbound_upgrade_timeout";

    public bool CanDial(Multiaddr address) => address.IsKnown && transports.Any(transport => transport.CanDial(address));

    public string? Obstacle(Multiaddr address) => transports.Select(transport => transport.Obstacle(address)).FirstOrDefault(obstacle => obstacle is not null);

    public async Task<PeerConnection> DialAsync(PeerId peer, Multiaddr address, CancellationToken cancellationToken)
    {
        if (resources.TryOpenConnection(inbound: false, address) is not { } holding)
            throw new Libp2pException(Libp2pError.LimitExceeded, "There are too many connections already.");
        try
        {
            var transport = transports.First(transport => transport.CanDial(address));
            if (transport is IMuxedTransport muxed)
            {
                var arrival = await MeasureAsync(() => ConnectAsync(address, token => muxed.DialAsync(address, peer, holding, token), cancellationToken));
                return admission.Admit(arrival.Upgraded, inbound: false, arrival.Local, address, holding);
            }

            var channel = await ConnectAsync(address, token => ((IByteTransport)transport).DialAsync(address, token), cancellationToken);
            var upgraded = await MeasureAsync(() => upgrader.UpgradeAsync(channel, isDialer: true, peer, holding, cancellationToken).AsTask());
            return admission.Admit(upgraded, inbound: false, channel.Local, address, holding);
        }
        catch
        {
            holding.Dispose();
            throw;
        }
    }

    private async Task<T> ConnectAsync<T>(Multiaddr address, Func<CancellationToken, ValueTask<T>> dial, CancellationToken cancellationToken)
    {
        using var deadline = new Deadline(connectTimeout, time, cancellationToken);
        try
        {
            return await dial(deadline.Token);
        }
        catch (OperationCanceledException) when (deadline.Expired)
        {
            meter.Hit(ConnectTimeLimit);
            throw new Libp2pException(Libp2pError.Timeout, $"{address} did not answer in time.");
        }
        catch (IOException error) when (error is not Libp2pException)
        {
            throw new Libp2pException(Libp2pError.Refused, $"{address} could not be reached.", error);
        }
    }

    private async Task<T> MeasureAsync<T>(Func<Task<T>> upgrade)
    {
        using var span = Libp2pInstruments.Spans.StartActivity("libp2p.upgrade");
        try
        {
            return await upgrade();
        }
        catch (Libp2pException error)
        {
            if (error.Code == Libp2pError.Timeout)
                meter.Hit(UpgradeTimeLimit);
            else
                meter.Observe(error);
            Libp2pInstruments.UpgradeFailed(inbound: false, error.Code);
            throw;
        }
    }
}
