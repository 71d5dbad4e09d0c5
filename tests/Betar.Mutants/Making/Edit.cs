using Microsoft.CodeAnalysis.Text;

namespace Betar.Mutants.Making;

/// <summary>One small change of a source: what stands in its span becomes the text.</summary>
internal sealed record Edit(TextSpan Span, string Text);
