using Microsoft.CodeAnalysis;

namespace Betar.Orleans.Embedded.Generator;

/// <summary>
/// What one declaration leads to: a class and its lines in the manifest. Nothing but text, so that equal declarations are seen as
/// equal and nothing is generated again.
/// </summary>
internal sealed record GeneratedUnit(string Name, string Namespace, string Code, string Manifest, Problem? Problem = null)
{
    public static GeneratedUnit Of(Problem problem) => new("", "", "", "", problem);
}
