using Betar.Libp2p;
using Betar.Libp2p.Discovery;
using Betar.Libp2p.Identity;
using Betar.Node.Composition;
using Betar.Node.Errors;
using Betar.Node.Folder;
using Betar.Node.Peering;

namespace Betar.Node.Presence;

/// <summary>
/// Looks for a host of this node's own identity before the node opens one: as a stranger, by the same ways by which the node finds others. Who answers as
/// that peer has proven its key, so there is another node with it. Runs beside the rest of the start; who is not found in that time is not waited for.
/// </summary>
internal static class IdentityCheck
{
    /// <summary>What the look may take; the rest of a start takes longer.</summary>
    public static readonly TimeSpan Within = TimeSpan.FromMilliseconds(500);

    /// <returns>Null: nobody was found.</returns>
    public static async Task<CliRefusal?> RunAsync(DataFolder folder, NetworkOptions finding, NodeContext context, CancellationToken cancellationToken)
    {
        if (finding.Bootstrap.Count == 0 && !finding.Mdns)
            return null;
        PeerId own;
        using (IdentityKey key = NodeIdentity.OpenKey(folder).OrThrow())
            own = key.PeerId;
        await using Libp2pHost stranger = Libp2pHost.CreateBuilder().WithTime(context.Time).WithLogging(context.Loggers).Build();
        await using PeerDiscovery discovery = PeerDiscovery.Create(stranger, new DiscoverySettings
        {
            Bootstrap = finding.Bootstrap, Mdns = finding.Mdns, MdnsService = finding.MdnsService, MdnsLoopbackOnly = finding.LoopbackOnly, Exchange = finding.Exchange, Remembered = false,
        });
        var met = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        discovery.PeerFound += (_, found) =>
        {
            if (found.Peer == own)
                met.TrySetResult();
        };
        await stranger.StartAsync(cancellationToken);
        discovery.Start();
        using var limit = new CancellationTokenSource(Within, context.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        await met.Task.WaitAsync(either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        cancellationToken.ThrowIfCancellationRequested();
        if (!met.Task.IsCompleted)
            return null;
        string at = string.Join(", ", stranger.Connections.Where(connection => connection.Peer == own).Select(connection => connection.Remote));
        return ErrorCatalog.IdentityElsewhere.Refuse($"A host of this node's own peer id {own} answers at {at}");
    }
}
