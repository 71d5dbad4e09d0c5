namespace Betar.Benchmarks.X402.Facilitating;

/// <summary>How many a second, and what each cost the facilitator's process.</summary>
internal readonly record struct FacilitatorRun(double PerSecond, double CpuMicroseconds);
