using Betar.Libp2p.Connections;
using Betar.Libp2p.Diagnostics;
using Betar.Libp2p.Limits;
using Betar.Libp2p.Multiformats;
using Betar.Libp2p.Scheduling;
using Betar.Libp2p.Transports;
using Betar.Libp2p.Upgrading;
using Microsoft.Extensions.Logging;

namespace Betar.Libp2p.Hosting;

/// <summary>Takes connections from a listener; who is too many, too fast or not welcome is dropped before a byte is read.</summary>
internal sealed partial class InboundAcceptor(
    Upgrader upgrader, ResourceManager resources, IConnectionGate gate, ConnectionAdmission admission, BackgroundWork work, LimitMeter meter, TimeProvider time,
    ILogger logger,
    CancellationToken stopping)
{
    public const string UpgradeTimeLimit = "connection.inbound_upgrade_timeout";

    private static readonly TimeSpan PauseAfterFault = TimeSpan.FromMilliseconds(100);

    public async Task RunAsync(ITransportListener listener)
    {
        while (!stopping.IsCancellationRequested)
        {
            IByteChannel? channel;
            try
            {
                channel = await listener.AcceptAsync(stopping);
            }
            catch (IOException error)
            {
                // Usually a shortage of handles, which others may end.
                LogAcceptFailed(logger, listener.Address, error);
                await Task.Delay(PauseAfterFault, time, stopping);
                continue;
            }

            if (channel is null)
                return;
            Take(channel);
        }
    }

    /// <summary>The same for a transport that does the handshakes itself; it asks at <see cref="Open"/> before it begins one.</summary>
    public async Task RunAsync(IMuxedListener listener)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                if (await listener.AcceptAsync(stopping) is not { } arrival)
                    return;
                admission.Admit(arrival.Upgraded, inbound: true, arrival.Local, arrival.Remote, arrival.Holding);
            }
            catch (Libp2pException error)
            {
                OnFailed(listener.Address, error);
            }
        }
    }

    /// <summary>Null: who is at this address is not welcome, or one too many.</summary>
    public ConnectionHolding? Open(Multiaddr remote) => gate.MayAccept(remote) ? resources.TryOpenConnection(inbound: true, remote) : null;

    private void Take(IByteChannel channel)
    {
        if (Open(channel.Remote) is not { } holding)
        {
            channel.Abort();
            return;
        }

        work.Run(() => UpgradeAsync(channel, holding));
    }

    private async Task UpgradeAsync(IByteChannel channel, ConnectionHolding holding)
    {
        using var span = Libp2pInstruments.Spans.StartActivity("libp2p.upgrade");
        try
        {
            var upgraded = await upgrader.UpgradeAsync(channel, isDialer: false, expected: null, holding, stopping);
            admission.Admit(upgraded, inbound: true, channel.Local, channel.Remote, holding);
        }
        catch (Libp2pException error)
        {
            holding.Dispose();
            OnFailed(channel.Remote, error);
        }
        catch
        {
            holding.Dispose();
            throw;
        }
    }

    private void OnFailed(Multiaddr address, Libp2pException error)
    {
        if (error.Code == Libp2pError.Timeout)
            meter.Hit(UpgradeTimeLimit);
        else
            meter.Observe(error);
        Libp2pInstruments.UpgradeFailed(inbound: true, error.Code);
        LogRefused(logger, address, error.Code);
    }
}
