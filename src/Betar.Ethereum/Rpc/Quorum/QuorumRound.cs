using System.Globalization;

namespace Betar.Ethereum;

/// <summary>Asks several nodes one question at the same time.</summary>
internal sealed class QuorumRound(IReadOnlyList<EndpointCircuit> circuits, QuorumOptions options, TimeProvider time)
{
    /// <summary>As soon as enough say the same, that is the answer; those who say otherwise are reported, also when they say it later.</summary>
    internal async Task<RpcOutcome<T>> AgreeAsync<T>(
        string method, Func<IChainClient, CancellationToken, Task<RpcOutcome<T>>> ask, Func<T, string> keyOf, CancellationToken cancellationToken)
    {
        var question = new QuorumQuestion<T>(method, ask, keyOf, options, time);
        return (await VoteAsync(question, Choose(), options.Required, cancellationToken).ConfigureAwait(false)).Result();
    }

    /// <summary>All that was answered in time, from the highest down; what nodes count is not the same on all at any moment.</summary>
    internal async Task<(List<T> Values, RpcOutcome<T> Failure)> CollectAsync<T>(
        string method, Func<IChainClient, CancellationToken, Task<RpcOutcome<T>>> ask, CancellationToken cancellationToken)
        where T : IComparable<T>
    {
        var question = new QuorumQuestion<T>(method, ask, value => string.Create(CultureInfo.InvariantCulture, $"{value}"), options, time);
        var chosen = Choose();
        var ballot = new QuorumBallot<T>(required: chosen.Count + 1);
        await question.CloseAsync(question.Ask(chosen, cancellationToken), ballot).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        var values = ballot.Votes.Where(vote => vote.Outcome.IsValue).Select(vote => vote.Outcome.Value).OrderDescending().ToList();
        return (values, ballot.Failure(options.Required));
    }

    /// <summary>Sends to all at once: one that takes it is enough. What may be on its way is never called refused.</summary>
    internal async Task<RpcOutcome<Hash32>> SendAsync(ReadOnlyMemory<byte> raw, CancellationToken cancellationToken)
    {
        var question = new QuorumQuestion<Hash32>(
            "eth_sendRawTransaction", (client, token) => client.SendRawTransactionAsync(raw, token), hash => hash.ToString(), options, time)
        {
            RevertsAreAnswers = false,
        };
        return (await VoteAsync(question, circuits, required: 1, cancellationToken).ConfigureAwait(false)).SendResult();
    }

    static async Task<QuorumBallot<T>> VoteAsync<T>(
        QuorumQuestion<T> question, IReadOnlyList<EndpointCircuit> asked, int required, CancellationToken cancellationToken)
    {
        var ballot = new QuorumBallot<T>(required);
        var waiting = question.Ask(asked, cancellationToken);
        while (waiting.Count > 0 && ballot.Winner is null && ballot.CanWin(waiting.Count))
        {
            var done = await Task.WhenAny(waiting).ConfigureAwait(false);
            waiting.Remove(done);
            ballot.Add(await done.ConfigureAwait(false));
        }

        // Nobody waits for the others, but what they say still counts for or against them.
        _ = question.CloseAsync(waiting, ballot.Copy());
        cancellationToken.ThrowIfCancellationRequested();
        return ballot;
    }

    // Those that are left alone are asked all the same when the others are too few: better a doubtful witness than none.
    List<EndpointCircuit> Choose()
    {
        var chosen = circuits.Where(circuit => circuit.TryEnter()).ToList();
        return chosen.Count >= options.Required ? chosen : [.. circuits];
    }
}
