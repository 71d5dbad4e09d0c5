namespace Betar.Agents;

/// <summary>Limits that every executor keeps.</summary>
public sealed class ExecutorOptions
{
    /// <summary>Longest input in characters. Range 1 to 4,194,304; default 65,536.</summary>
    public int MaxInputCharacters { get; set; } = 65_536;

    /// <summary>Longest output in characters. Range 1 to 4,194,304; default 1,048,576.</summary>
    public int MaxOutputCharacters { get; set; } = 1_048_576;

    /// <summary>Largest number that arithmetic may produce on the way, in bits. Range 64 to 65,536; default 4,096.</summary>
    public int MaxNumberBits { get; set; } = 4_096;

    /// <summary>Deepest nesting of brackets and signs in an expression. Range 1 to 1,000; default 64.</summary>
    public int MaxExpressionDepth { get; set; } = 64;

    /// <summary>Folder of control groups (version 2) that the node may make groups in, for programs' memory; empty: programs have the limits of processes only. Default empty.</summary>
    public string ControlGroups { get; set; } = "";
}
