namespace Betar.Sdk.Selling;

/// <summary>The answer to a task, or why there is none; then the payment goes back. A text is an answer.</summary>
public readonly record struct AgentAnswer
{
    private AgentAnswer(bool isFailure, string text) => (IsFailure, Text) = (isFailure, text);

    public bool IsFailure { get; }

    /// <summary>The output, or the reason in one sentence that the buyer may read.</summary>
    public string Text { get; }

    public static AgentAnswer Failed(string reason) => new(true, reason);

    public static implicit operator AgentAnswer(string output) => new(false, output);
}
