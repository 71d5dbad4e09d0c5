namespace Betar.Node.Errors;

/// <summary>Carries a refusal out of code whose shape leaves no room for a value, such as a host's start-up.</summary>
public sealed class CliRefusedException(CliRefusal refusal) : Exception(refusal.Sentence, refusal.Cause)
{
    public CliRefusal Refusal { get; } = refusal;
}
