namespace Betar.Agents;

/// <summary>An answer, or the reason why there is none.</summary>
public readonly record struct ExecutionOutcome
{
    private ExecutionOutcome(bool succeeded, string text)
    {
        Succeeded = succeeded;
        Text = text;
    }

    public bool Succeeded { get; }

    /// <summary>The output, or the reason of the failure in one sentence.</summary>
    public string Text { get; }

    public static ExecutionOutcome Ok(string output) => new(true, output);

    public static ExecutionOutcome Failed(string reason) => new(false, reason);
}
