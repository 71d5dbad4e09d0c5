namespace Betar.Grains.Payments;

/// <summary>Says whether an interrupted task of an agent may be run again.</summary>
internal interface IExecutorPolicy
{
    bool MayRetry(string agentId);
}
