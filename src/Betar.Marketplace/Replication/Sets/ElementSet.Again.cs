using Betar.Marketplace.Replication.Store;

namespace Betar.Marketplace.Replication.Sets;

/// <summary>Elements that found no room are judged anew when some appears: a key went, or became another seller's.</summary>
internal sealed partial class ElementSet
{
    /// <summary>With each node so many are looked at, so that a full store costs no node much.</summary>
    private const int LooksPerMerge = 64;

    /// <summary>How many of those that wait have not been looked at since room last appeared.</summary>
    private int _looks;

    /// <summary>All that wait are to be looked at: what is verified may be more than it was.</summary>
    public void LookAgain() => _looks = Quarantine.Waiting;

    /// <summary>Looks at some of those that wait for room.</summary>
    /// <returns>True: there are more to look at.</returns>
    public async ValueTask<bool> JudgeAgainAsync(int most, ReplicaCommit commit)
    {
        for (; most > 0 && _looks > 0; most--)
        {
            _looks--;
            if (Quarantine.NextWaiting() is not { } row)
                _looks = 0;
            else
                await JudgeAgainAsync(row, commit);
        }

        return _looks > 0;
    }

    private async ValueTask JudgeAgainAsync(ElementRow row, ReplicaCommit commit)
    {
        if (await nodes.ReadAsync(row.Node) is not { Node.Delta: { } delta } known)
            return;
        foreach (var element in delta.Elements.Take(options.MaxElements).Where(element => element.Key == row.Key))
        {
            if (_judge.OfElement(element) != QuarantineReason.None)
                continue;
            var seller = policy.SellerOf(element.Key, element.Value.Span);
            if (Admit(element, seller, commit) != QuarantineReason.None)
                continue;
            Quarantine.Remove(row.Key, row.Node, commit);
            await PlaceAsync(known, row.Height, element, seller, commit);
        }
    }
}
