using Betar.Agents;

namespace Betar.Cluster.Tests.Support;

/// <summary>Counts its starts and does what the test says.</summary>
internal sealed class TestExecutor(Func<ExecutionRequest, CancellationToken, Task<ExecutionOutcome>> run) : IExecutor
{
    private int _starts;
    private int _running;
    private int _mostAtOnce;

    public int Starts => Volatile.Read(ref _starts);

    public int MostAtOnce => Volatile.Read(ref _mostAtOnce);

    public bool IsIdempotent { get; init; }

    /// <summary>Makes summaries; null: it cannot.</summary>
    public Func<CondenseRequest, CancellationToken, Task<ExecutionOutcome>>? Condense { get; init; }

    public static TestExecutor Echo(bool idempotent = false) =>
        new((request, _) => Task.FromResult(ExecutionOutcome.Ok($"did: {request.Input}"))) { IsIdempotent = idempotent };

    public static TestExecutor Failing(string reason) => new((_, _) => Task.FromResult(ExecutionOutcome.Failed(reason)));

    /// <summary>Works until the test opens the gate, whatever the token says.</summary>
    public static TestExecutor Gated(Task gate, bool idempotent = false) => new(async (request, _) =>
    {
        await gate;
        return ExecutionOutcome.Ok($"did: {request.Input}");
    }) { IsIdempotent = idempotent };

    public async ValueTask<ExecutionOutcome> CondenseAsync(CondenseRequest request, CancellationToken cancellationToken) =>
        Condense is { } condense ? await condense(request, cancellationToken) : ExecutionOutcome.Failed("It has no model.");

    public async ValueTask<ExecutionOutcome> ExecuteAsync(ExecutionRequest request, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _starts);
        int now = Interlocked.Increment(ref _running);
        for (int most = _mostAtOnce; now > most; most = _mostAtOnce)
            Interlocked.CompareExchange(ref _mostAtOnce, now, most);
        try
        {
            return await run(request, cancellationToken);
        }
        finally
        {
            Interlocked.Decrement(ref _running);
        }
    }
}
