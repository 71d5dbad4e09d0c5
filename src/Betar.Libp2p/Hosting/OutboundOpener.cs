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

    public async Task<PeerConnection> DialAsync(PeerId peer, Multiaddr address, CancellationToken cancellationToken)
    {
        if (resources.TryOpenConnection(inbound: false, address) is not { } holding)
            throw new Libp2pException(Libp2pError.LimitExceeded, "There are too many connections already.");
        try
        {
            var channel = await ConnectAsync(address, cancellationToken);
            var upgraded = await UpgradeAsync(channel, peer, holding, cancellationToken);
            return admission.Admit(upgraded, inbound: false, channel.Local, address, holding);
        }
        catch
        {
            holding.Dispose();
            throw;
        }
    }

    private async Task<IByteChannel> ConnectAsync(Multiaddr address, CancellationToken cancellationToken)
    {
        using var deadline = new Deadline(connectTimeout, time, cancellationToken);
        try
        {
            return await transports.First(transport => transport.CanDial(address)).DialAsync(address, deadline.Token);
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

    private async Task<UpgradedConnection> UpgradeAsync(IByteChannel channel, PeerId peer, ConnectionHolding holding, CancellationToken cancellationToken)
    {
        using var span = Libp2pInstruments.Spans.StartActivity("libp2p.upgrade");
        try
        {
            return await upgrader.UpgradeAsync(channel, isDialer: true, peer, holding, cancellationToken);
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
