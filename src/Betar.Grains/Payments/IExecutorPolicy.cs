namespace Betar.Grains.Payments;

/// <summary>Says what may be done with the work of an agent that did not come to its end.</summary>
internal interface IExecutorPolicy
{
    /// <summary>Whether an interrupted task may be run again.</summary>
    bool MayRetry(string agentId);

    /// <summary>How often a task that failed may be run again.</summary>
    int RetriesOf(string agentId);

    /// <summary>Whether the payment of a task that failed is kept.</summary>
    bool KeepsFailed(string agentId);
}
