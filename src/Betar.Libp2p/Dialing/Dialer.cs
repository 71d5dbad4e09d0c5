using Betar.Libp2p.Connections;
using Betar.Libp2p.Diagnostics;
using Betar.Libp2p.Dns;
using Betar.Libp2p.Identity;
using Betar.Libp2p.Multiformats;
using Betar.Libp2p.Peers;
using Betar.Libp2p.Scheduling;

namespace Betar.Libp2p.Dialing;

/// <summary>
/// Reaches a peer through whichever of its addresses answers first. Dials of the same peer are merged; addresses that failed lately
/// rest, unless the caller named them.
/// </summary>
internal sealed class Dialer(
    DialOptions options, IAddressDialer transport, IConnectionGate gate, Func<Multiaddr, CancellationToken, ValueTask<ResolvedAddresses>> resolve,
    LimitMeter meter, TaskScheduler scheduler, TimeProvider time, CancellationToken host)
{
    public const string TimeLimit = "dial.timeout";
    public const string AddressesLimit = "dial.addresses";

    private readonly Lock _lock = new();
    private readonly Dictionary<PeerId, DialJob> _jobs = [];
    private readonly AddressBackoff _backoff = new(options, time);
    private readonly AsyncGate _parallel = new(options.Parallel, scheduler);

    /// <param name="known">Addresses from the peer store.</param>
    /// <param name="named">Addresses that the caller asked for by themselves.</param>
    public async Task<PeerConnection> DialAsync(
        PeerId peer, IReadOnlyList<Multiaddr> known, IReadOnlyList<Multiaddr> named, CancellationToken cancellationToken)
    {
        if (!gate.MayDial(peer))
            throw new Libp2pException(Libp2pError.Gated, $"Peer {peer} is not to be dialled.");
        DialJob job;
        lock (_lock)
        {
            if (!_jobs.TryGetValue(peer, out job!))
            {
                job = new DialJob(host);
                _jobs.Add(peer, job);
                job.Task = Task.Factory.StartNew(
                    () => RunAsync(job, peer, known, named), CancellationToken.None, TaskCreationOptions.DenyChildAttach, scheduler).Unwrap();
            }

            job.Join();
        }

        try
        {
            return await job.Task.WaitAsync(cancellationToken);
        }
        finally
        {
            Leave(peer, job);
        }
    }

    private void Leave(PeerId peer, DialJob job)
    {
        lock (_lock)
        {
            if (!job.Leave())
                return;
            // A newcomer must not join what is being given up.
            if (_jobs.TryGetValue(peer, out var current) && current == job)
                _jobs.Remove(peer);
        }

        job.Cancel();
        _ = job.Task.ContinueWith(
            (task, state) => { _ = task.Exception; ((DialJob)state!).Dispose(); }, job, CancellationToken.None, TaskContinuationOptions.None, scheduler);
    }

    private async Task<PeerConnection> RunAsync(DialJob job, PeerId peer, IReadOnlyList<Multiaddr> known, IReadOnlyList<Multiaddr> named)
    {
        using var span = Libp2pInstruments.Spans.StartActivity("libp2p.dial");
        using var deadline = new Deadline(options.Timeout, time, job.Token);
        try
        {
            var addresses = DialRanker.Rank(await CollectAsync(peer, known, named, deadline.Token), options);
            if (addresses.Count > options.AddressesPerDial)
                meter.Hit(AddressesLimit);
            return await RaceAsync(peer, [.. addresses.Take(options.AddressesPerDial)], deadline.Token);
        }
        catch (OperationCanceledException) when (deadline.Expired)
        {
            meter.Hit(TimeLimit);
            Libp2pInstruments.DialFailed(Libp2pError.Timeout);
            throw new Libp2pException(Libp2pError.Timeout, $"Peer {peer} could not be reached in time.");
        }
        catch (Libp2pException error)
        {
            Libp2pInstruments.DialFailed(error.Code);
            throw;
        }
        finally
        {
            lock (_lock)
            {
                if (_jobs.TryGetValue(peer, out var current) && current == job)
                    _jobs.Remove(peer);
            }
        }
    }

    private async Task<IReadOnlyList<Multiaddr>> CollectAsync(
        PeerId peer, IReadOnlyList<Multiaddr> known, IReadOnlyList<Multiaddr> named, CancellationToken cancellationToken)
    {
        var usable = new List<Multiaddr>();
        var (gated, resting) = (0, 0);
        string? lookup = null;
        string? obstacle = null;
        foreach (var (address, isNamed) in named.Select(address => (address, true)).Concat(known.Except(named).Select(address => (address, false))))
        {
            var found = await resolve(address, cancellationToken);
            if (found.Addresses.Count == 0)
                lookup ??= found.Failure;
            foreach (var resolved in found.Addresses)
            {
                obstacle ??= transport.Obstacle(resolved);
                // A name may lead to somebody else's address, and a stranger's name into our own network.
                if (!transport.CanDial(resolved) || (resolved.Peer is { } other && other != peer)
                    || (!isNamed && AddressScope.IsPublic(address) && !AddressScope.IsPublic(resolved)))
                {
                    continue;
                }

                if (!gate.MayDial(peer, resolved))
                    gated++;
                else if (!isNamed && _backoff.IsResting(resolved))
                    resting++;
                else
                    usable.Add(resolved.WithoutPeer());
            }
        }

        if (usable.Count > 0)
            return usable;
        throw gated > 0 ? new Libp2pException(Libp2pError.Gated, $"No address of peer {peer} is let through.")
            : resting > 0 ? new Libp2pException(Libp2pError.Refused, $"The addresses of peer {peer} failed a moment ago and rest.")
            : lookup is not null ? new Libp2pException(Libp2pError.NameNotResolved, $"Peer {peer} cannot be found: {lookup}.")
            : new Libp2pException(Libp2pError.NotDialable, obstacle ?? $"Peer {peer} has no address that can be dialled.");
    }

    private async Task<PeerConnection> RaceAsync(PeerId peer, IReadOnlyList<RankedAddress> addresses, CancellationToken cancellationToken)
    {
        using var others = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var running = new List<Task<PeerConnection>>();
        var failures = new List<Libp2pException>();
        try
        {
            for (var next = 0; next < addresses.Count || running.Count > 0;)
            {
                if (next < addresses.Count && running.Count < options.ParallelPerPeer)
                    running.Add(AttemptAsync(peer, addresses[next++].Address, others.Token));
                var pause = next < addresses.Count && running.Count < options.ParallelPerPeer
                    ? Task.Delay(addresses[next].Delay, time, others.Token)
                    : null;
                await Task.WhenAny([.. running, .. pause is null ? Array.Empty<Task>() : [pause]]);
                cancellationToken.ThrowIfCancellationRequested();
                foreach (var ended in running.Where(attempt => attempt.IsCompleted).ToList())
                {
                    if (ended.IsCompletedSuccessfully)
                        return await ended;
                    running.Remove(ended);
                    failures.Add(await FailureAsync(ended));
                }
            }
        }
        finally
        {
            others.Cancel();
            await LoseAsync(running);
        }

        // What says most about the peer stands for all.
        throw failures.FirstOrDefault(failure => failure.Code is Libp2pError.WrongPeer or Libp2pError.SecurityFailed) ?? failures[^1];
    }

    private async Task<PeerConnection> AttemptAsync(PeerId peer, Multiaddr address, CancellationToken cancellationToken)
    {
        await _parallel.EnterAsync(cancellationToken);
        try
        {
            var connection = await transport.DialAsync(peer, address, cancellationToken);
            _backoff.Succeeded(address);
            return connection;
        }
        catch (Libp2pException)
        {
            _backoff.Failed(address);
            throw;
        }
        finally
        {
            _parallel.Leave();
        }
    }

    private static async Task<Libp2pException> FailureAsync(Task<PeerConnection> attempt)
    {
        try
        {
            await attempt;
            throw new InvalidOperationException("The attempt has not failed.");
        }
        catch (Libp2pException error)
        {
            return error;
        }
    }

    // A second winner is closed; the others were cancelled, or failed as the first failures did.
    private static async Task LoseAsync(List<Task<PeerConnection>> losers)
    {
        var won = false;
        foreach (var attempt in losers)
        {
            try
            {
                var connection = await attempt;
                if (won)
                    await connection.CloseAsync();
                won = true;
            }
            catch (Exception error) when (error is Libp2pException or OperationCanceledException)
            {
                // Nobody is interested in it any more.
            }
        }
    }
}
