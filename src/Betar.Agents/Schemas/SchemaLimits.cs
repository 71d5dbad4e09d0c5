namespace Betar.Agents.Schemas;

/// <summary>How large a schema and what it checks may be.</summary>
public static class SchemaLimits
{
    /// <summary>Longest schema in characters.</summary>
    public const int MaxTextLength = 65_536;

    /// <summary>Deepest nesting of schemas in schemas.</summary>
    public const int MaxDepth = 16;

    /// <summary>Most schemas within one.</summary>
    public const int MaxParts = 1_000;

    /// <summary>Longest pattern in characters; patterns are matched in linear time.</summary>
    public const int MaxPatternLength = 256;

    /// <summary>Most faults that one check reports.</summary>
    public const int MaxFaults = 100;
}
