namespace Betar.Node.Errors;

/// <summary>One stable code: what it means, and how it shows on each way out of the node.</summary>
/// <param name="Code"><c>BTR-</c> and four digits; the first digit is the group, and a code is never used again for another meaning.</param>
/// <param name="Title">What happened, in a few words.</param>
/// <param name="Remedy">What to do, in general; a refusal may know better.</param>
public sealed record ErrorEntry(string Code, string Title, string Remedy)
{
    /// <summary>The reason in an x402 answer, or null when the error never reaches a payment's answer.</summary>
    public string? X402Reason { get; init; }

    /// <summary>The code on the marketplace stream, or null when the error never reaches a stream.</summary>
    public int? StreamCode { get; init; }

    /// <summary>The status over HTTP, or null when the error never reaches HTTP.</summary>
    public int? HttpStatus { get; init; }

    /// <summary>2 for wrong usage and configuration (group 1), else 1.</summary>
    public int ExitCode => Code[4] == '1' ? 2 : 1;

    public CliRefusal Refuse(string detail, string? next = null) => new(this, detail, next ?? Remedy);
}
