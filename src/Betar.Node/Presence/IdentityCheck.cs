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
/// that peer has proven its key, so there is another node with it. Runs beside the rest of the start, as long as that takes; who is not heard of by then is
/// not waited for, unless the operator named him.
/// </summary>
internal sealed class IdentityCheck : IAsyncDisposable
{
    /// <summary>What the look takes at least; the rest of a start takes longer.</summary>
    public static readonly TimeSpan AtLeast = TimeSpan.FromMilliseconds(500);

    /// <summary>How long the node waits for an answer at an address of its own identity that it was told to dial, or that was announced on the local network.</summary>
    public static readonly TimeSpan ForNamed = TimeSpan.FromSeconds(5);

    private readonly NodeParts _parts = new();
    private readonly PeerId _own;
    private readonly OwnIdentityGate _gate;
    private readonly TimeProvider _time;
    private readonly Task _least;
    private readonly bool _isThereNow;
    private readonly Libp2pHost? _stranger;
    private readonly PeerDiscovery? _discovery;

    /// <param name="folder">Whose identity is looked for.</param>
    /// <param name="finding">How the node finds others.</param>
    /// <param name="context">What the process shares.</param>
    /// <param name="atLeast">What the look takes at least where nobody is named; null: <see cref="AtLeast"/>.</param>
    public IdentityCheck(DataFolder folder, NetworkOptions finding, NodeContext context, TimeSpan? atLeast = null)
    {
        using (IdentityKey key = NodeIdentity.OpenKey(folder).OrThrow())
            _own = key.PeerId;
        _gate = new OwnIdentityGate(_own);
        _time = context.Time;
        bool isNamed = finding.Bootstrap.Any(address => address.Peer == _own);
        bool looks = finding.Bootstrap.Count > 0 || finding.Mdns;

        // Whoever announces himself on the local network is there now; what nodes tell of others may be this node before its restart, and is not waited for.
        _isThereNow = finding.Bootstrap.Count == 0;
        _least = looks ? Task.Delay(isNamed ? ForNamed : atLeast ?? AtLeast, context.Time) : Task.CompletedTask;
        if (!looks)
            return;
        _stranger = _parts.Own(Libp2pHost.CreateBuilder().WithGate(_gate).WithTime(context.Time).WithLogging(context.Loggers).Build());
        _discovery = _parts.Own(PeerDiscovery.Create(_stranger, new DiscoverySettings
        {
            Bootstrap = finding.Bootstrap, Mdns = finding.Mdns, MdnsService = finding.MdnsService, MdnsLoopbackOnly = finding.LoopbackOnly, Exchange = finding.Exchange && !_isThereNow, Remembered = false,
        }));
    }

    /// <summary>Begins to look.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (_stranger is null)
            return;
        await _stranger.StartAsync(cancellationToken);
        _discovery!.Start();
    }

    /// <returns>Null: nobody was found.</returns>
    public async Task<CliRefusal?> EndAsync(CancellationToken cancellationToken)
    {
        await Task.WhenAny(_gate.Met, _least).WaitAsync(cancellationToken);
        if (!_gate.Met.IsCompleted && _gate.HasHeard && _isThereNow)
            await Task.WhenAny(_gate.Met, Task.Delay(ForNamed, _time, cancellationToken)).WaitAsync(cancellationToken);
        return _gate.Met.IsCompleted
            ? ErrorCatalog.IdentityElsewhere.Refuse($"A host of this node's own peer id {_own} answers at {await _gate.Met}")
            : null;
    }

    public ValueTask DisposeAsync() => _parts.DisposeAsync();
}
