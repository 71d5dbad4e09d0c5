using Betar.Grains.Abstractions.Results;

namespace Betar.Grains.Abstractions.Buying;

/// <summary>[wallet] Says yes or no to a spend: per task, per day, per peer, revocable mandates.</summary>
[Alias("betar.IBudgetGrain")]
public interface IBudgetGrain : IGrainWithStringKey
{
    [Alias("SetPolicy")]
    Task<Outcome<SpendingPolicy>> SetPolicy(SpendingPolicy policy);

    [Alias("Grant")]
    Task<Outcome<Mandate>> Grant(Mandate mandate);

    [Alias("Revoke")]
    Task<bool> Revoke(string mandateId);

    /// <summary>Sets the amount aside; the same purchase asks as often as it likes and is counted once.</summary>
    [Alias("Reserve")]
    Task<Outcome<SpendRequest>> Reserve(SpendRequest request);

    [Alias("Commit")]
    Task Commit(string purchaseId);

    [Alias("Release")]
    Task Release(string purchaseId);

    [Alias("GetStatus")]
    Task<BudgetStatus> GetStatus();

    /// <summary>All mandates that the wallet knows, by their ids.</summary>
    [Alias("ListMandates")]
    Task<List<MandateStatus>> ListMandates();
}
