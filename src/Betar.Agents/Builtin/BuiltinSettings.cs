namespace Betar.Agents.Builtin;

/// <summary>Settings of what is built in.</summary>
internal sealed record BuiltinSettings
{
    /// <summary>Of <c>hash</c>: <c>sha256</c>, <c>sha512</c> or <c>keccak256</c>.</summary>
    public string Algorithm { get; set; } = "sha256";
}
