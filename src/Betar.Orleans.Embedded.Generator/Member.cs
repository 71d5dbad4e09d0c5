using Microsoft.CodeAnalysis;

namespace Betar.Orleans.Embedded.Generator;

/// <summary>One serialised member: its number, its type, and the expressions by which generated code gets and sets it.</summary>
/// <param name="Id">The number on the wire.</param>
/// <param name="Type">What it holds.</param>
/// <param name="Name">What a person calls it.</param>
/// <param name="Get">Takes the instance.</param>
/// <param name="Set">Takes the instance and the value; a statement.</param>
/// <param name="IsImmutable">Whether a copy shares the value.</param>
internal sealed record Member(
    uint Id, ITypeSymbol Type, string Name, Func<string, string> Get, Func<string, string, string> Set, bool IsImmutable);
