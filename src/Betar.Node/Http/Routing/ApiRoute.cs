namespace Betar.Node.Http.Routing;

/// <summary>One thing that can be asked.</summary>
/// <param name="Method">An HTTP method, or "*" for any.</param>
/// <param name="Pattern">A path; "{name}" stands for one segment, "{*name}" at the end for the rest.</param>
/// <param name="Role">The least that a caller must be allowed.</param>
/// <param name="Handler">Answers it.</param>
internal sealed record ApiRoute(string Method, string Pattern, ApiRole Role, ApiHandler Handler)
{
    public ApiStyle Style { get; init; } = ApiStyle.V1;

    /// <summary>Answered to everybody: it tells nothing.</summary>
    public bool IsOpen { get; init; }

    /// <summary>Its handler reads the body itself.</summary>
    public bool IsRaw { get; init; }

    /// <summary>Repeats with one Idempotency-Key get the answer of the first.</summary>
    public bool IsRepeatable { get; init; }

    /// <summary>What the API's document says of it; null: it is not part of the document.</summary>
    public RouteNotes? Notes { get; init; }
}
