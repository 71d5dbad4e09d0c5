namespace Betar.Ethereum;

/// <summary>One question to several nodes, and what each answer means for the node that gave it.</summary>
internal sealed class QuorumQuestion<T>(
    string method, Func<IChainClient, CancellationToken, Task<RpcOutcome<T>>> ask, Func<T, string> keyOf, QuorumOptions options, TimeProvider time)
{
    /// <summary>Whether a contract's refusal is an answer. To a transaction it is one node's opinion.</summary>
    internal bool RevertsAreAnswers { get; init; } = true;

    internal List<Task<QuorumVote<T>>> Ask(IEnumerable<EndpointCircuit> circuits, CancellationToken cancellationToken)
    {
        var deadline = new CancellationTokenSource(options.Timeout, time);
        var votes = circuits.Select(circuit => AskAsync(circuit, deadline.Token, cancellationToken)).ToList();
        _ = DisposeAfterAsync(Task.WhenAll(votes), deadline);
        return votes;
    }

    /// <summary>Waits for those who were not waited for, and settles what each answer means.</summary>
    internal async Task CloseAsync(IReadOnlyCollection<Task<QuorumVote<T>>> waiting, QuorumBallot<T> ballot)
    {
        foreach (var vote in await Task.WhenAll(waiting).ConfigureAwait(false))
            ballot.Add(vote);
        foreach (var vote in ballot.Votes)
        {
            if (vote.Abandoned)
                vote.Circuit.Leave();
            else if (vote.Key is null && vote.Outcome.Error is null or { IsRateLimited: true })
                vote.Circuit.Fail(method);
            else if (IsOutvoted(vote.Key, ballot.Winner))
                vote.Circuit.Outvote(method);
            else
                vote.Circuit.Succeed(method);
        }
    }

    static bool IsOutvoted(string? key, string? winner) =>
        key is not null && winner is not null && key != winner && key != AnswerKey.Absent && winner != AnswerKey.Absent;

    async Task<QuorumVote<T>> AskAsync(EndpointCircuit circuit, CancellationToken deadline, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline, cancellationToken);
        RpcOutcome<T> outcome;
        var abandoned = false;
        try
        {
            outcome = await ask(circuit.Client, either.Token).WaitAsync(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            outcome = RpcOutcome.TimedOut<T>();
            abandoned = cancellationToken.IsCancellationRequested;
        }
        catch (ChainUnavailableException fault)
        {
            outcome = RpcOutcome.Unreachable<T>(fault.Message);
        }

        return new QuorumVote<T>(circuit, outcome, KeyOf(outcome), abandoned);
    }

    // Any error but a contract's refusal is the node's own trouble.
    string? KeyOf(RpcOutcome<T> outcome) => outcome.TryGetValue(out var value) ? keyOf(value)
        : RevertsAreAnswers && outcome.Error is { IsRevert: true } error ? AnswerKey.OfRevert(error)
        : null;

    static async Task DisposeAfterAsync(Task votes, CancellationTokenSource deadline)
    {
        using (deadline)
            await votes.ConfigureAwait(false);
    }
}
