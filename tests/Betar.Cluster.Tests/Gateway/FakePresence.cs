using Betar.Grains.Gateway;

namespace Betar.Cluster.Tests.Gateway;

/// <summary>A host that only says when it speaks.</summary>
internal sealed class FakePresence(string name, Watchtower tower, TimeProvider world) : IFleetPresence
{
    private bool _died;

    /// <summary>What opening one takes.</summary>
    public TimeSpan Opening { get; set; } = TimeSpan.FromMilliseconds(200);

    /// <summary>What paid work still takes when it is asked to finish.</summary>
    public TimeSpan Work { get; set; }

    /// <summary>Why it cannot be opened.</summary>
    public Exception? Obstacle { get; set; }

    /// <summary>It does not hear that it has to stop.</summary>
    public bool IsDeaf { get; set; }

    public int Drains { get; private set; }

    public PresenceTerm? Term { get; private set; }

    public async Task<IReadOnlyList<string>> OpenAsync(PresenceTerm term, CancellationToken cancellationToken)
    {
        await Task.Delay(Opening, world, cancellationToken);
        if (Obstacle is { } obstacle)
            throw obstacle;
        if (!_died)
            tower.Enter(this, term.Epoch);
        Term = term;
        return [name];
    }

    public async Task DrainAsync(CancellationToken cancellationToken)
    {
        Drains++;
        await Task.Delay(Work, world, cancellationToken);
    }

    public Task CloseAsync()
    {
        if (!IsDeaf)
            tower.Leave(this);
        return Task.CompletedTask;
    }

    /// <summary>Its process is gone, and the system has closed its sockets.</summary>
    public void Die()
    {
        _died = true;
        tower.Leave(this);
    }

    public override string ToString() => name;
}
