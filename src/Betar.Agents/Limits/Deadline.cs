namespace Betar.Agents.Limits;

/// <summary>The caller's patience and a limit of our own in one token.</summary>
internal sealed class Deadline : IDisposable
{
    private readonly CancellationTokenSource _limit;
    private readonly CancellationTokenSource _both;

    public Deadline(int seconds, TimeProvider time, CancellationToken caller)
    {
        _limit = new CancellationTokenSource(TimeSpan.FromSeconds(seconds), time);
        _both = CancellationTokenSource.CreateLinkedTokenSource(_limit.Token, caller);
        Caller = caller;
    }

    public CancellationToken Token => _both.Token;

    public CancellationToken Caller { get; }

    /// <summary>True when our limit, and not the caller, ended it.</summary>
    public bool HasPassed => _limit.IsCancellationRequested && !Caller.IsCancellationRequested;

    public void Dispose()
    {
        _both.Dispose();
        _limit.Dispose();
    }
}
