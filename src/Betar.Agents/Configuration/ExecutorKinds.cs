namespace Betar.Agents.Configuration;

/// <summary>The kinds of executors.</summary>
public static class ExecutorKinds
{
    public const string Builtin = "builtin";
    public const string Llm = "llm";
    public const string Http = "http";
    public const string Process = "process";
    public const string Mcp = "mcp";
    public const string DotNet = "dotnet";

    public static IReadOnlyList<string> All { get; } = [Builtin, Llm, Http, Process, Mcp, DotNet];

    /// <summary>Whether such an executor can say what a task used of models: only then it can be paid for by that.</summary>
    public static bool ReportsUsage(string kind) => kind is Llm;
}
