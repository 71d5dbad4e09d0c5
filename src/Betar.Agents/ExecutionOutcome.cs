namespace Betar.Agents;

/// <summary>An answer, or the reason why there is none.</summary>
public readonly record struct ExecutionOutcome
{
    private readonly string? _code;

    private ExecutionOutcome(bool succeeded, string text, string code)
    {
        Succeeded = succeeded;
        Text = text;
        _code = code;
    }

    public bool Succeeded { get; }

    /// <summary>The output, or the reason of the failure in one sentence.</summary>
    public string Text { get; }

    /// <summary>Empty for an answer, else one of <see cref="ExecutionCodes"/>.</summary>
    public string Code => _code ?? "";

    /// <summary>What a language model took for it, also for a failure; null when there was none.</summary>
    public ModelUsage? Usage { get; init; }

    public static ExecutionOutcome Ok(string output) => new(true, output, "");

    public static ExecutionOutcome Failed(string reason) => Failed(ExecutionCodes.Failed, reason);

    public static ExecutionOutcome Failed(string code, string reason) => new(false, reason, code);
}
