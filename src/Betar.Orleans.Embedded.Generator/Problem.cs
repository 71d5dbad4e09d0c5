using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Betar.Orleans.Embedded.Generator;

/// <summary>A diagnostic that can be compared, since it holds no syntax.</summary>
internal sealed record Problem(string Id, string Argument, string? File, TextSpan Span, LinePositionSpan Lines)
{
    public static Problem At(DiagnosticDescriptor descriptor, ISymbol symbol, string argument)
    {
        var location = symbol.Locations.FirstOrDefault(static candidate => candidate.IsInSource);
        return new(
            descriptor.Id,
            argument,
            location?.SourceTree?.FilePath,
            location?.SourceSpan ?? default,
            location?.GetLineSpan().Span ?? default);
    }

    public Diagnostic ToDiagnostic() => Diagnostic.Create(
        Diagnostics.ById[Id], File is null ? Location.None : Location.Create(File, Span, Lines), Argument);
}
