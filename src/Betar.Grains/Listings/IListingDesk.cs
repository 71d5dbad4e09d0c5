using Betar.Grains.Abstractions.Agents;
using Betar.Marketplace.Selling;

namespace Betar.Grains.Listings;

/// <summary>The way from the fleet to the marketplace of this process, if it has one.</summary>
public interface IListingDesk
{
    /// <summary>False: this process lists nothing, and need not be asked.</summary>
    bool IsOpen { get; }

    /// <summary>Publishes an agent, together with all others that are published in the same moment. Null: the desk is closed.</summary>
    Task<PublishResult?> PublishAsync(AgentSpec spec);

    /// <returns>False: it is not listed.</returns>
    Task<bool> RenewAsync(string agentId);

    /// <returns>False: it was not listed.</returns>
    Task<bool> DelistAsync(string agentId);

    /// <summary>How far the present version has come; null: it is not listed.</summary>
    ValueTask<ConvergenceReceipt?> ReceiptAsync(string agentId);
}
