using Betar.Ethereum;
using Betar.Grains.Abstractions.Settlement;

namespace Betar.Grains.Settlement;

/// <summary>Something that an account brings onto the chain once.</summary>
internal interface IChainOrder
{
    /// <summary>Tells it from every other order of the account. Signatures may be in it: for our memory only.</summary>
    string Name { get; }

    /// <summary>The payment that it belongs to, whatever it looks like this time.</summary>
    string Subject { get; }

    ContractCall Call { get; }

    /// <summary>Whether the chain itself lets it happen once only, however many transactions carry it.</summary>
    bool IsGuarded { get; }

    /// <summary>Whether the chain can tell of it later; else only our own receipt can.</summary>
    bool IsTraceable { get; }

    /// <summary>Whose plain signature it bears, of a call that does the same whoever sends it; else null.</summary>
    Address? PlainPayer { get; }

    /// <summary>Whether this transaction of ours did it.</summary>
    bool IsDoneBy(TransactionReceipt receipt);

    /// <summary>What the chain says became of it.</summary>
    Task<SettlementResult> FindAsync();
}
