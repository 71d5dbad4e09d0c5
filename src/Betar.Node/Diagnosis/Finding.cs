namespace Betar.Node.Diagnosis;

/// <summary>What one check found, and how to mend it when it is not right.</summary>
public sealed record Finding(string Name, FindingState State, string Detail, string? Remedy = null)
{
    public static Finding Ok(string name, string detail) => new(name, FindingState.Ok, detail);

    public static Finding Note(string name, string detail, string remedy) => new(name, FindingState.Note, detail, remedy);

    public static Finding Wrong(string name, string detail, string remedy) => new(name, FindingState.Wrong, detail, remedy);
}
