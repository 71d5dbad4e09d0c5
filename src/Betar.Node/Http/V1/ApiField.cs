namespace Betar.Node.Http.V1;

/// <summary>A parameter after the question mark, or a field of a body.</summary>
/// <param name="Name">As it is sent, and as the operation takes it.</param>
/// <param name="Kind">What it must be.</param>
/// <param name="Meaning">One sentence.</param>
internal sealed record ApiField(string Name, FieldKind Kind, string Meaning)
{
    public bool IsRequired { get; init; }

    /// <summary>The operation's name for it, where that differs.</summary>
    public string? Argument { get; init; }
}
