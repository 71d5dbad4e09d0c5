namespace Betar.Ethereum;

/// <summary>Counts what nodes answered to one question.</summary>
internal sealed class QuorumBallot<T>(int required)
{
    readonly List<QuorumVote<T>> _votes = [];

    internal IReadOnlyList<QuorumVote<T>> Votes => _votes;

    /// <summary>The key that enough nodes gave.</summary>
    internal string? Winner { get; private set; }

    internal void Add(QuorumVote<T> vote)
    {
        _votes.Add(vote);
        if (Winner is null && vote.Key is not null && _votes.Count(other => other.Key == vote.Key) >= required)
            Winner = vote.Key;
    }

    internal bool CanWin(int waiting) => _votes.Count == 0
        || _votes.Max(vote => vote.Key is null ? 0 : _votes.Count(other => other.Key == vote.Key)) + waiting >= required;

    internal QuorumBallot<T> Copy()
    {
        var copy = new QuorumBallot<T>(required);
        foreach (var vote in _votes)
            copy.Add(vote);
        return copy;
    }

    internal RpcOutcome<T> Result() => Winner is null ? Failure(required) : _votes.Find(vote => vote.Key == Winner).Outcome;

    internal RpcOutcome<T> Failure(int needed)
    {
        // A node's own word ("too many logs") says more than that others were silent.
        foreach (var vote in _votes)
        {
            if (vote.Key is null && vote.Outcome.Error is not null)
                return vote.Outcome;
        }

        var answers = _votes.FindAll(vote => vote.Key is not null);
        if (answers.Count >= needed)
            return RpcOutcome.NoAgreement<T>($"{string.Join(", ", answers.Select(vote => vote.Circuit.Name))} answer differently, {needed} must say the same");
        return answers.Count == 0 && _votes.TrueForAll(vote => vote.Outcome.Status == RpcStatus.TimedOut)
            ? RpcOutcome.TimedOut<T>()
            : RpcOutcome.Unreachable<T>($"{answers.Count} of {needed} needed nodes answered");
    }

    /// <summary>Taken, known already, perhaps on its way, refused: the first of these that any node said.</summary>
    internal RpcOutcome<T> SendResult()
    {
        if (Winner is not null)
            return Result();
        foreach (var vote in _votes)
        {
            if (vote.Outcome.Error is { IsAlreadyKnown: true })
                return vote.Outcome;
        }

        foreach (var vote in _votes)
        {
            if (vote.Outcome.Error is null)
                return vote.Outcome;
        }

        return _votes[0].Outcome;
    }
}
