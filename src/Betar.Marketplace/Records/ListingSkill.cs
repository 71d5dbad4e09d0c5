namespace Betar.Marketplace.Records;

/// <summary>One thing that an agent can do.</summary>
/// <param name="Id">Short and without white space, as A2A has it.</param>
/// <param name="Name">For people.</param>
/// <param name="Description">For people, and for models that choose.</param>
/// <param name="Tags">Found by search.</param>
/// <param name="InputSchema">JSON Schema as text; empty: free text.</param>
/// <param name="OutputSchema">JSON Schema as text; empty: free text.</param>
public sealed record ListingSkill(
    string Id, string Name, string Description, IReadOnlyList<string> Tags, string InputSchema = "", string OutputSchema = "")
{
    public bool Equals(ListingSkill? other) =>
        other is not null && Id == other.Id && Name == other.Name && Description == other.Description
        && Tags.SequenceEqual(other.Tags, StringComparer.Ordinal) && InputSchema == other.InputSchema && OutputSchema == other.OutputSchema;

    public override int GetHashCode() => HashCode.Combine(Id, Name, Description, Tags.Count, InputSchema, OutputSchema);
}
