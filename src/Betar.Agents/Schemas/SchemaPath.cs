namespace Betar.Agents.Schemas;

/// <summary>Where a value stands: names and list places with dots between.</summary>
internal static class SchemaPath
{
    public static string Join(string parent, string name) => parent.Length == 0 ? name : $"{parent}.{name}";
}
