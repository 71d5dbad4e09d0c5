using Microsoft.CodeAnalysis;

namespace Betar.Mutants.Making;

/// <summary>A kind of mistake that somebody could make.</summary>
internal interface IKind
{
    string Name { get; }

    /// <summary>The mistakes of this kind that could be made in exactly this node. Those that do not compile are left out later.</summary>
    IEnumerable<Edit> Of(SyntaxNode node);
}
