namespace Betar.Node.Errors;

/// <summary>An expected "no" to the person at the terminal: the code, what happened here, and what to do next.</summary>
public sealed record CliRefusal(ErrorEntry Error, string Detail, string Next)
{
    /// <summary>Seconds after which asking again makes sense; 0: nobody knows.</summary>
    public int RetryAfterSeconds { get; init; }

    /// <summary>More about the cause for <c>--verbose</c>; never needed to act on the sentence.</summary>
    public Exception? Cause { get; init; }

    /// <summary>The one sentence that goes to stderr. A stranger's words in it can do nothing to a terminal.</summary>
    public string Sentence => $"{Error.Code}: {OneLine(Detail)}; {OneLine(Next)}";

    public override string ToString() => Sentence;

    private static string OneLine(string text) => VisibleText.Of(text.ReplaceLineEndings(" ").Trim().TrimEnd('.', ';'));
}
