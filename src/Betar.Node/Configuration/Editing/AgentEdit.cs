namespace Betar.Node.Configuration.Editing;

/// <summary>One field of an agent and the value that it shall have.</summary>
/// <param name="Field">As the file names it.</param>
/// <param name="Value">Plain text, or YAML when it is raw.</param>
/// <param name="IsRaw">The value is YAML already.</param>
internal readonly record struct AgentEdit(string Field, string Value, bool IsRaw = false)
{
    public static AgentEdit Builtin(string name) => new("executor", $"{{ builtin: {YamlScalarText.Of(name)} }}", IsRaw: true);

    public string Written => IsRaw ? Value : YamlScalarText.Of(Value);
}
