// SPDX-License-Identifier: Apache-2.0

// Reading, judging, planning and writing: one import for the whole library.

@_exported public import PassthruAnalysis
@_exported public import PassthruConfig
@_exported public import PassthruReport
@_exported public import SwiftPCI
