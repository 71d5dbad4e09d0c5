namespace Betar.Benchmarks.X402;

/// <summary>Where the time of one purchase went, as the buyer sees it.</summary>
internal readonly record struct PaidTaskTimes(TimeSpan Quote, TimeSpan Sign, TimeSpan Pay, TimeSpan All);
