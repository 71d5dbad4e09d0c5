using Betar.Libp2p.Connections;
using Betar.Libp2p.Diagnostics;
using Betar.Libp2p.Limits;
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

    private void Take(IByteChannel channel)
    {
        if (!gate.MayAccept(channel.Remote) || resources.TryOpenConnection(inbound: true, channel.Remote) is not { } holding)
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
            if (error.Code == Libp2pError.Timeout)
                meter.Hit(UpgradeTimeLimit);
            else
                meter.Observe(error);
            Libp2pInstruments.UpgradeFailed(inbound: true, error.Code);
            LogRefused(logger, channel.Remote, error.Code);
        }
        catch
        {
            holding.Dispose();
            throw;
        }
    }
}
