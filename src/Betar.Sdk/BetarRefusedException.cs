namespace Betar.Sdk;

/// <summary>A refusal, for those who asked for an exception in its place.</summary>
public sealed class BetarRefusedException(BetarRefusal refusal) : Exception(refusal.ToString())
{
    public BetarRefusal Refusal { get; } = refusal;
}
